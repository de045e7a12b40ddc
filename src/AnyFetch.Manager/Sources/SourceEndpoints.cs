using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Users;
using AnyFetch.Manager.Exchange;
using AnyFetch.Manager.Markup;
using AnyFetch.Manager.Http;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AnyFetch.Manager.Sources;

/// <summary>A user's connected sources and the applications that were let in (auth-and-tenancy §4.4).</summary>
internal static class SourceEndpoints
{
    public static void MapSources(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapSignedInPages();
        pages.MapGet("/manager", ListAsync);
        pages.MapGet("/manager/sources/{id}/revoke", ConfirmAsync);
        pages.MapPost("/manager/sources/{id}/revoke", RevokeAsync);
        pages.MapPost("/manager/sources/{id}/reconnect", ReconnectAsync);
        AccountEndpoints.Map(pages);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        IAccessTokenStore tokens,
        IClientStore clients,
        IEnumerable<UnavailableProvider> unavailable)
    {
        var all = await clients.ListAsync(http.RequestAborted);
        PageHeaders.SetPolicy(http.Response, formTarget: string.Join(' ', all
            .Where(c => !c.IsOAuthApp).Select(c => Address.FormTarget(c.RedirectUri)).Distinct()));
        var known = all.ToDictionary(c => c.Id);
        var granted = (await tokens.ListAsync(Visitor.Of(http).Id, http.RequestAborted))
            .Where(t => t.Client is { } id && known.ContainsKey(id))
            .Select(t => new Source(t, known[t.Client!.Value]))
            .ToList();
        var offered = all.Where(c => !c.IsOAuthApp && c.RedirectUri != Client.OutOfBand)
            .OrderByDescending(c => c.IsFeatured).ThenByDescending(c => c.IsTrusted).ThenBy(c => c.Name);
        return SourcePages.List(http, Visitor.Of(http), granted, [.. offered], [.. unavailable]);
    }

    private static async Task<IResult> ConfirmAsync(
        HttpContext http,
        string id,
        IAccessTokenStore tokens,
        IClientStore clients) =>
        await FindAsync(id, Visitor.Of(http), tokens, clients, http.RequestAborted) is { } source
            ? SourcePages.ConfirmRevoke(http, Visitor.Of(http), source)
            : SourcePages.Unknown(Visitor.Of(http));

    private static async Task<IResult> RevokeAsync(
        HttpContext http,
        string id,
        IAccessTokenStore tokens,
        IClientStore clients,
        ProviderNotices notices,
        TokenRevocation revocation)
    {
        if (await FindAsync(id, Visitor.Of(http), tokens, clients, http.RequestAborted) is not { } source)
        {
            return SourcePages.Unknown(Visitor.Of(http));
        }

        // Noted before the token goes, so that a crash between the two leaves no provider untold.
        if (source.Client.ProviderUrl is not null)
        {
            await notices.AddAsync([source.Token], http.RequestAborted);
        }

        await revocation.RemoveAsync(source.Token.Id, http.RequestAborted);
        return TypedResults.Redirect("/manager");
    }

    private static async Task<IResult> ReconnectAsync(
        HttpContext http,
        string id,
        IAccessTokenStore tokens,
        IClientStore clients,
        ClientTokenSecrets secrets,
        IProviderGateway gateway,
        Origins origins)
    {
        if (await FindAsync(id, Visitor.Of(http), tokens, clients, http.RequestAborted) is not { Client.IsOAuthApp: false }
            source)
        {
            return SourcePages.Unknown(Visitor.Of(http));
        }

        var (name, value) = await RenewalAsync(source, secrets, gateway, http.RequestAborted);
        return SourcePages.Leave(http, source.Client, Address.With(
            source.Client.RedirectUri, (name, value), ("return_to", $"{origins.Own(http.Request)}/connect")));
    }

    /// <summary>
    /// A one-time code of the provider, so that the token stays out of addresses; the token itself for providers that know no
    /// such codes.
    /// </summary>
    private static async ValueTask<(string Name, string Value)> RenewalAsync(
        Source source,
        ClientTokenSecrets secrets,
        IProviderGateway gateway,
        CancellationToken cancellationToken)
    {
        var answer = await gateway.AskAsync(
            source.Client, source.Token.Id, new ProviderQuestion(HttpMethod.Post, "/token/renewal"), cancellationToken);
        return answer.Status == StatusCodes.Status200OK && ProviderAccount.Text(answer.Body, "code") is { Length: > 0 } code
            ? ("renewal_code", code)
            : ("anyfetch_token", await secrets.OfAsync(source.Token.Id, cancellationToken));
    }

    /// <summary>A source of this user; null when there is none with this id.</summary>
    public static async ValueTask<Source?> FindAsync(
        string text,
        User user,
        IAccessTokenStore tokens,
        IClientStore clients,
        CancellationToken cancellationToken) =>
        AccessTokenId.TryParse(text, out var id)
        && await tokens.FindAsync(id, cancellationToken) is { Client: { } clientId } token
        && token.User == user.Id
        && await clients.FindAsync(clientId, cancellationToken) is { } client
            ? new Source(token, client)
            : null;
}

/// <summary>A token of a user and the application that it was given to.</summary>
internal sealed record Source(AccessToken Token, Client Client)
{
    /// <summary>What people call it: the account, else the application.</summary>
    public string Name => Token.AccountName.Length > 0 ? Token.AccountName : Client.Name;
}
