using AnyFetch.Core.Descriptions;

namespace AnyFetch.Api.Status;

/// <summary>What the OpenAPI document says about the index and the status.</summary>
internal static class StatusDescriptions
{
    private const string Tag = "Server";

    public static EndpointDescription GetStatus { get; } = new(
        "getStatus",
        Tag,
        "Whether the API answers",
        AnswerDescription.Json("It does.", Schema.Ref("Status")))
    {
        Text = "Needs no credentials, but refuses bad ones, so that it serves to test a token.",
        Credentials = CredentialNeed.Optional,
    };

    public static EndpointDescription GetIndex { get; } = new(
        "getIndex",
        Tag,
        "Who calls, and where everything is",
        AnswerDescription.Json("The caller and the addresses.", Schema.Ref("Index")))
    {
        Text = "A browser without credentials (`Accept: text/html`) is sent to the search page instead.",
        OtherAnswers = [new AnswerDescription(302, "A browser goes to the search page.")],
    };
}
