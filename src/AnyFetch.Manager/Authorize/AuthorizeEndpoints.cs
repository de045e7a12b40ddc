using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Users;
using AnyFetch.Manager.Descriptions;
using AnyFetch.Manager.Codes;
using AnyFetch.Manager.Markup;
using AnyFetch.Manager.Http;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace AnyFetch.Manager.Authorize;

/// <summary>Where applications send users to be let in (auth-and-tenancy §4.2).</summary>
internal static class AuthorizeEndpoints
{
    public static void MapAuthorize(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapSignedInPages();
        pages.MapGet("/oauth/authorize", AskAsync).WithMetadata(PageDescriptions.Authorize);
        pages.MapPost("/oauth/authorize", DecideAsync);
    }

    private static async Task<IResult> AskAsync(
        HttpContext http,
        IClientStore clients,
        IAccessTokenStore tokens,
        AuthorizationCodeIssuer codes,
        IUserStore users,
        IOptions<ManagerOptions> options)
    {
        var query = http.Request.Query;
        var (request, error) = await AuthorizeRequest.ReadAsync(
            name => query[name] is [{ Length: > 0 } value, ..] ? value : null,
            clients,
            options.Value.AddressCharsMax,
            http.RequestAborted);
        if (request is null || error is not null)
        {
            return Refuse(request, error);
        }

        var granted = await FindGrantAsync(request, Visitor.Of(http), tokens, http.RequestAborted);
        return granted is not null
            && request is { ReplacesToken: true, PromptsAlways: false }
            && granted.Scopes == request.Client.Scopes
                ? await GrantAsync(http, request, Visitor.Of(http), granted, codes)
                : await ConsentPage.ShowAsync(http, request, users, name => query[name]);
    }

    private static async Task<IResult> DecideAsync(
        HttpContext http,
        IClientStore clients,
        IAccessTokenStore tokens,
        AuthorizationCodeIssuer codes,
        IOptions<ManagerOptions> options)
    {
        var form = http.Request.Form;
        var (request, error) = await AuthorizeRequest.ReadAsync(
            name => form[name] is [{ Length: > 0 } value, ..] ? value : null,
            clients,
            options.Value.AddressCharsMax,
            http.RequestAborted);
        if (request is null || error is not null)
        {
            return Refuse(request, error);
        }

        // What the user agreed to is what the page said, not what the application asks for since.
        if (form["decision"] != "allow" || form["scopes"] != string.Join(' ', ScopeNames.ToNames(request.Client.Scopes)))
        {
            return Refuse(request, "access_denied");
        }

        var granted = await FindGrantAsync(request, Visitor.Of(http), tokens, http.RequestAborted);
        return await GrantAsync(http, request, Visitor.Of(http), granted, codes);
    }

    /// <summary>The latest token of this user for this application.</summary>
    private static async ValueTask<AccessToken?> FindGrantAsync(
        AuthorizeRequest request,
        User user,
        IAccessTokenStore tokens,
        CancellationToken cancellationToken) =>
        (await tokens.ListAsync(user.Id, cancellationToken)).LastOrDefault(t => t.Client == request.Client.Id);

    private static async ValueTask<IResult> GrantAsync(
        HttpContext http,
        AuthorizeRequest request,
        User user,
        AccessToken? granted,
        AuthorizationCodeIssuer codes)
    {
        var replaces = request.ReplacesToken ? granted?.Id : null;
        var code = await codes.IssueAsync(request.Client, user.Id, replaces, request.CodeChallenge, http.RequestAborted);
        return request.IsOutOfBand
            ? Page.Card($"Code {code}", Html.Of($"""
                <p>Copy this code into {request.Client.Name}. It works once, for the next
                  {AuthorizationCode.LifeMinutes} minutes.</p>
                <p><code id="code" class="secret">{code}</code></p>
                """))
            : TypedResults.Redirect(request.Redirect("code", code));
    }

    private static IResult Refuse(AuthorizeRequest? request, string? error)
    {
        if (request is null)
        {
            return Page.Card("This link does not work", Html.Of($"""
                <p>The application is unknown here, or its address is not the one that it was registered with.
                  Nothing was shared.</p>
                <a class="button" href="/manager">Go to AnyFetch</a>
                """), StatusCodes.Status400BadRequest);
        }

        return request.IsOutOfBand
            ? Page.Card("No access was given", Html.Of($"<p>{request.Client.Name} was not let in.</p>"))
            : TypedResults.Redirect(request.Redirect("error", error!));
    }
}
