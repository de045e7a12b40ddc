using AnyFetch.Core.Clients;
using AnyFetch.Core.Users;
using AnyFetch.Manager.Descriptions;
using AnyFetch.Manager.Authorize;
using AnyFetch.Manager.Codes;
using AnyFetch.Manager.Markup;
using AnyFetch.Manager.Http;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AnyFetch.Manager.Sources;

/// <summary>The way to a provider's set-up and back (auth-and-tenancy §4.4, provider-protocol §2).</summary>
internal static class ConnectEndpoints
{
    private const int MessageCharsMax = 500;

    public static void MapConnect(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapSignedInPages();
        pages.MapGet("/connect/{clientId}", ConnectAsync).WithMetadata(PageDescriptions.Connect);
        pages.MapPost("/connect/{clientId}", DecideAsync);
        pages.MapGet("/connect", ShowResult).WithMetadata(PageDescriptions.Connected);
    }

    /// <summary>
    /// Goes straight on to a provider that the operator trusts. For any other a link from anywhere must not be enough to
    /// hand out a code, so the user is asked.
    /// </summary>
    private static async Task<IResult> ConnectAsync(
        HttpContext http,
        string clientId,
        IClientStore clients,
        IUserStore users,
        AuthorizationCodeIssuer codes,
        ReturnAddress addresses,
        Origins origins)
    {
        if (await FindProviderAsync(clientId, clients, http.RequestAborted) is not { } client)
        {
            return Unknown();
        }

        var returnTo = http.Request.Query["return_to"].ToString();
        return client.IsTrusted
            ? await SendAsync(http, client, Visitor.Of(http), returnTo, codes, addresses, origins)
            : await ConsentPage.ShowAsync(http, client, users, $"/connect/{client.Id}",
                Form.Hidden("return_to", returnTo.Length > 0 ? returnTo : null));
    }

    private static async Task<IResult> DecideAsync(
        HttpContext http,
        string clientId,
        IClientStore clients,
        AuthorizationCodeIssuer codes,
        ReturnAddress addresses,
        Origins origins)
    {
        if (await FindProviderAsync(clientId, clients, http.RequestAborted) is not { } client)
        {
            return Unknown();
        }

        return http.Request.Form["decision"] == "allow"
            ? await LeaveAsync(http, client, Visitor.Of(http), http.Request.Form["return_to"], codes, addresses, origins)
            : TypedResults.Redirect("/connect?state=canceled");
    }

    private static async ValueTask<IResult> SendAsync(
        HttpContext http,
        Client client,
        User user,
        string? returnTo,
        AuthorizationCodeIssuer codes,
        ReturnAddress addresses,
        Origins origins) =>
        TypedResults.Redirect(await StartAsync(http, client, user, returnTo, codes, addresses, origins));

    private static async ValueTask<IResult> LeaveAsync(
        HttpContext http,
        Client client,
        User user,
        string? returnTo,
        AuthorizationCodeIssuer codes,
        ReturnAddress addresses,
        Origins origins) =>
        SourcePages.Leave(http, client, await StartAsync(http, client, user, returnTo, codes, addresses, origins));

    /// <summary>Where the provider's set-up starts.</summary>
    private static async ValueTask<string> StartAsync(
        HttpContext http,
        Client client,
        User user,
        string? returnTo,
        AuthorizationCodeIssuer codes,
        ReturnAddress addresses,
        Origins origins)
    {
        var end = await addresses.AcceptAsync(http.Request, returnTo, http.RequestAborted) is { Length: > 0 } accepted
            ? accepted
            : "/connect";
        var code = await codes.IssueAsync(client, user.Id, http.RequestAborted);
        return Address.With(
            client.RedirectUri,
            ("code", code),
            ("return_to", end.StartsWith('/') ? origins.Own(http.Request) + end : end));
    }

    private static async ValueTask<Client?> FindProviderAsync(
        string text,
        IClientStore clients,
        CancellationToken cancellationToken) =>
        ClientId.TryParse(text, out var id)
        && await clients.FindAsync(id, cancellationToken) is { IsOAuthApp: false } client
        && client.RedirectUri != Client.OutOfBand
            ? client
            : null;

    private static ContentHttpResult ShowResult(HttpRequest request)
    {
        var message = request.Query["message"].ToString();
        message = message.Length > MessageCharsMax ? message[..MessageCharsMax] : message;
        var (title, text) = request.Query["state"].ToString() switch
        {
            "success" => ("The source is connected", "Its documents are on their way; search finds them as they arrive."),
            "canceled" => ("Nothing was connected", "The set-up was canceled. You can start it again at any time."),
            _ => ("The source could not be connected", "You can try again."),
        };
        return Page.Card(title, Html.Of($"""
            <p>{text}</p>
            {Html.When(message.Length > 0, () => Html.Of(
                $"""<p class="muted">The provider says: <q>{message}</q></p>"""))}
            <p class="choices"><a class="button" href="/manager">Sources</a>
              <a class="button primary" href="/app">Search</a></p>
            """));
    }

    private static ContentHttpResult Unknown() => Page.Card("There is no such provider", Html.Of($"""
        <p>It may have been removed since you saw it.</p><a class="button primary" href="/manager">Sources</a>
        """), StatusCodes.Status404NotFound);
}
