using AnyFetch.Core.Clients;
using AnyFetch.Manager.Codes;
using AnyFetch.Manager.Http;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Authorize;

/// <summary>What an application asks for (auth-and-tenancy §4.2), once its id and address were found right.</summary>
internal sealed record AuthorizeRequest
{
    public required Client Client { get; init; }

    public string? State { get; init; }

    public string? ReturnTo { get; init; }

    public bool ReplacesToken { get; init; }

    public bool PromptsAlways { get; init; }

    public string? CodeChallenge { get; init; }

    /// <summary>True when the code is shown on a page, for applications that no browser can be sent to.</summary>
    public bool IsOutOfBand => Client.RedirectUri == Client.OutOfBand;

    /// <summary>
    /// Reads the parameters of a query or of the consent form. Without a request the application cannot be trusted with
    /// a redirect; with an error it can be told.
    /// </summary>
    public static async ValueTask<(AuthorizeRequest? Request, string? Error)> ReadAsync(
        Func<string, string?> field,
        IClientStore clients,
        int charsMax,
        CancellationToken cancellationToken)
    {
        if (!ClientId.TryParse(field("client_id"), out var id)
            || await clients.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } client
            || field("redirect_uri") != client.RedirectUri)
        {
            return (null, null);
        }

        var request = new AuthorizeRequest
        {
            Client = client,
            State = field("state"),
            ReturnTo = field("return_to"),
            ReplacesToken = field("replace_existing_token") is "true" or "1",
            PromptsAlways = field("approval_prompt") is "true" or "1",
            CodeChallenge = field("code_challenge"),
        };
        return (request, FindError(request, field, charsMax));
    }

    /// <summary>Where the browser goes with a result.</summary>
    public string Redirect(string name, string value) => Address.With(
        Client.RedirectUri, (name, value), ("return_to", ReturnTo), ("state", State));

    private static string? FindError(AuthorizeRequest request, Func<string, string?> field, int charsMax)
    {
        if (field("response_type") is { } type && type != "code")
        {
            return "unsupported_response_type";
        }

        if (request.State?.Length > charsMax || request.ReturnTo?.Length > charsMax)
        {
            return "invalid_request";
        }

        if (request.CodeChallenge is null)
        {
            return request.Client.IsPublic ? "invalid_request" : null;
        }

        var isUsable = field("code_challenge_method") == PkceChallenge.Method
            && PkceChallenge.IsWellFormed(request.CodeChallenge);
        return isUsable ? null : "invalid_request";
    }
}
