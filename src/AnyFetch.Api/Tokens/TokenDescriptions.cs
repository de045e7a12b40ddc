using AnyFetch.Core.Descriptions;

namespace AnyFetch.Api.Tokens;

/// <summary>What the OpenAPI document says about tokens.</summary>
internal static class TokenDescriptions
{
    private const string Tag = "Tokens";

    public static EndpointDescription GetToken { get; } = new(
        "getToken",
        Tag,
        "The caller's basic token",
        AnswerDescription.Json("The token.", Schema.Ref("BasicToken")))
    {
        Text = "Created by the first call, the same until it is deleted. It has every scope.",
    };

    public static EndpointDescription DeleteToken { get; } = new(
        "deleteToken",
        Tag,
        "Revoke the caller's basic token",
        AnswerDescription.Done("It is gone, with its documents."))
    {
        Text = "Its documents are deleted with it.",
    };

    public static EndpointDescription RequireRefresh { get; } = new(
        "requireRefresh",
        Tag,
        "Report a dead grant",
        AnswerDescription.Done("Noted."))
    {
        Text = "A provider says that its grant at the third party is dead. `require_refresh` is set on the "
            + "calling token until the user connects again.",
    };
}
