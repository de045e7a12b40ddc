using AnyFetch.Api.OpenApi;
using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.Companies;

/// <summary>What the OpenAPI document says about companies.</summary>
internal static class CompanyDescriptions
{
    private const string Tag = "Companies";

    public static EndpointDescription Get { get; } = new(
        "getCompany",
        Tag,
        "The caller's company",
        AnswerDescription.Json("The company.", Schema.Ref("Company")));

    public static EndpointDescription Change { get; } = new(
        "patchCompany",
        Tag,
        "Change the caller's company",
        AnswerDescription.Json("The company after the change.", Schema.Ref("Company")))
    {
        Text = "`documents_per_update` can only go down.",
        Body = DescribedBody.Of("CompanyChange"),
    };

    public static EndpointDescription Reset { get; } = new(
        "resetCompany",
        Tag,
        "Forget all tokens and documents",
        AnswerDescription.Done("All tokens, documents and connections of the company are gone."))
    {
        Text = "The calling token dies with the others. Users and subcompanies stay.",
    };

    public static EndpointDescription ListBelow { get; } = new(
        "listSubcompanies",
        Tag,
        "The companies below",
        AnswerDescription.Json("The direct children, each with those below it.", Schema.ListOf("Subcompany")));

    public static EndpointDescription AddBelow { get; } = new(
        "createSubcompany",
        Tag,
        "Make a company below",
        AnswerDescription.Json("The new company.", Schema.Ref("Subcompany")))
    {
        Text = "Moves `user` into it as its first administrator. The company above can view, change, reset "
            + "and delete it, never see what is in it.",
        Body = DescribedBody.Of("SubcompanyInput"),
        Errors = [ErrorCode.MissingParameter, ErrorCode.NotFound, ErrorCode.NotAuthorized],
    };

    public static EndpointDescription GetBelow { get; } = new(
        "getSubcompany",
        Tag,
        "One company below",
        AnswerDescription.Json("The company, with those below it.", Schema.Ref("Subcompany")));

    public static EndpointDescription ChangeBelow { get; } = new(
        "patchSubcompany",
        Tag,
        "Change a company below",
        AnswerDescription.Json("The company after the change.", Schema.Ref("Subcompany")))
    {
        Body = DescribedBody.Of("CompanyChange"),
    };

    public static EndpointDescription DeleteBelow { get; } = new(
        "deleteSubcompany",
        Tag,
        "Delete a company below",
        AnswerDescription.Done("It is gone, with its users, tokens and documents."))
    {
        Text = "One that has companies below it goes only with `force`, and they go with it; else 403 "
            + "`Forbidden`.",
        Parameters = [new("force", Schema.Flag, "Deletes the companies below it as well.", "true")],
    };

    public static EndpointDescription ResetBelow { get; } = new(
        "resetSubcompany",
        Tag,
        "Forget a company's tokens and documents",
        AnswerDescription.Done("All tokens, documents and connections of that one company are gone."));
}
