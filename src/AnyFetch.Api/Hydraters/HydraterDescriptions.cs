using AnyFetch.Api.OpenApi;
using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.Hydraters;

/// <summary>What the OpenAPI document says about hydraters.</summary>
internal static class HydraterDescriptions
{
    private const string Tag = "Hydraters";

    public static EndpointDescription List { get; } = new(
        "listHydraters",
        Tag,
        "The hydraters",
        AnswerDescription.Json("The built-in ones, and those of the company and the companies above it.", Schema.ListOf("Hydrater")));

    public static EndpointDescription Get { get; } = new(
        "getHydrater",
        Tag,
        "One hydrater",
        AnswerDescription.Json("The hydrater.", Schema.Ref("Hydrater")));

    public static EndpointDescription Add { get; } = new(
        "createHydrater",
        Tag,
        "Register a hydrater",
        AnswerDescription.Json("The new hydrater.", Schema.Ref("Hydrater")))
    {
        Text = "The company runs it from then on; a company below runs it once it lists it in `hydraters`.",
        Body = DescribedBody.Of("HydraterInput"),
        Errors = [ErrorCode.MissingParameter],
    };

    public static EndpointDescription Change { get; } = new(
        "patchHydrater",
        Tag,
        "Change a hydrater of the company's own",
        AnswerDescription.Json("The hydrater after the change.", Schema.Ref("Hydrater")))
    {
        Text = "Absent fields stay. The `url` is its identity and cannot be changed.",
        Body = DescribedBody.Of("HydraterChange"),
        Errors = [ErrorCode.NotFound],
    };

    public static EndpointDescription Match { get; } = new(
        "matchHydraters",
        Tag,
        "Which hydraters would take a document",
        AnswerDescription.Json("Each hydrater that the company runs, and why it would not.", Schema.ListOf("HydraterMatch")))
    {
        Text = "A dry run: nothing changes. `id` takes a stored document, changed by the other fields; "
            + "without it the fields are the document, which has a file when the query says `with_file=true`.",
        Body = DescribedBody.Of("DocumentInput"),
        Errors = [ErrorCode.ResourceNotFound],
    };

    public static EndpointDescription StartBulk { get; } = new(
        "hydrateCompany",
        Tag,
        "Run hydraters again on many documents",
        AnswerDescription.Json("The run that began.", Schema.Ref("BulkHydration")))
    {
        Text = "Over all documents that the company has now, behind its other work. One run at a time: another gives "
            + "409 `InvalidArgument`.",
        Body = DescribedBody.Of("BulkHydrationInput") with { IsRequired = false },
    };

    public static EndpointDescription GetBulk { get; } = new(
        "getCompanyHydration",
        Tag,
        "How far the last run over many documents has come",
        AnswerDescription.Json("The run.", Schema.Ref("BulkHydration")))
    {
        Errors = [ErrorCode.ResourceNotFound],
    };

    public static EndpointDescription CancelBulk { get; } = new(
        "cancelCompanyHydration",
        Tag,
        "End the run over many documents",
        AnswerDescription.Done("No further document begins."))
    {
        Errors = [ErrorCode.ResourceNotFound],
    };

    public static EndpointDescription Delete { get; } = new(
        "deleteHydrater",
        Tag,
        "Take a hydrater out of use",
        AnswerDescription.Done("The company and those below it no longer run it."))
    {
        Text = "One that the company owns is removed. Documents that it worked on stay as they are.",
        Errors = [ErrorCode.NotFound],
    };
}
