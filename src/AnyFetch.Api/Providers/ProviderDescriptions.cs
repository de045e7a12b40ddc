using AnyFetch.Api.OpenApi;
using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.Providers;

/// <summary>What the OpenAPI document says about providers and their updates.</summary>
internal static class ProviderDescriptions
{
    private const string Tag = "Providers";

    public static EndpointDescription List { get; } = new(
        "listProviders",
        Tag,
        "The caller's providers",
        AnswerDescription.Json("Every token that the user owns.", Schema.ListOf("ListedProvider")))
    {
        Text = "Secrets are never part of it. `current` is true for the token of this very request. A browser without "
            + "credentials (`Accept: text/html`) is sent to the manager's page of sources instead.",
        OtherAnswers = [new AnswerDescription(302, "A browser goes to the page of sources.")],
    };

    public static EndpointDescription Get { get; } = new(
        "getProvider",
        Tag,
        "One provider",
        AnswerDescription.Json("The provider.", Schema.Ref("Provider")));

    public static EndpointDescription Delete { get; } = new(
        "deleteProvider",
        Tag,
        "Disconnect a provider",
        AnswerDescription.Done("The token is revoked, its documents are gone, the provider was told."));

    public static EndpointDescription Reset { get; } = new(
        "resetProvider",
        Tag,
        "Start a provider over",
        AnswerDescription.Done("The provider has forgotten where it was."))
    {
        Text = "Clears the provider's cursor, so that its next update sends everything again. Token and "
            + "documents stay. 503 when the provider cannot be reached.",
    };

    public static EndpointDescription UpdateCaller { get; } = new(
        "updateCurrentUser",
        Tag,
        "Update the caller's providers",
        AnswerDescription.Json("What each provider answered.", Schema.Ref("UpdateStatuses")))
    {
        Text = "Always 200, whatever the providers answer. One call a second, two at once.",
    };

    public static EndpointDescription UpdateUser { get; } = new(
        "updateUser",
        Tag,
        "Update a user's providers",
        AnswerDescription.Json("What each provider answered.", Schema.Ref("UpdateStatuses")))
    {
        Text = "Administrators update every user of their company, others only themselves. One call a second, "
            + "two at once.",
        Errors = [ErrorCode.Forbidden],
    };

    public static EndpointDescription UpdateCompany { get; } = new(
        "updateCompany",
        Tag,
        "Update all providers of the company",
        AnswerDescription.Json("What each user's providers answered.", Schema.Ref("CompanyUpdateStatuses")))
    {
        Text = "Always 200, whatever the providers answer. One call a second, two at once.",
    };

    public static EndpointDescription Report { get; } = new(
        "reportUpdate",
        Tag,
        "Report the end of an update",
        AnswerDescription.Done("Noted."))
    {
        Text = "A provider says that it is done. Unknown keys are refused.",
        Body = DescribedBody.Of("UpdateReport") with { IsRequired = false },
    };
}
