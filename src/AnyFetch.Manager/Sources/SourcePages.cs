using System.Globalization;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Users;
using AnyFetch.Manager.Markup;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Sources;

/// <summary>How sources look.</summary>
internal static class SourcePages
{
    public static IResult List(
        HttpContext http,
        User user,
        IReadOnlyList<Source> granted,
        IReadOnlyList<Client> offered,
        IReadOnlyList<UnavailableProvider> unavailable)
    {
        var sources = granted.Where(s => !s.Client.IsOAuthApp).ToList();
        var apps = granted.Where(s => s.Client.IsOAuthApp).ToList();
        return Page.Full(user, "Sources", Html.Of($"""
            {Html.When(sources.Count == 0, () => Html.Of(
                $"""<p class="muted">No source is connected yet. Choose one below; its documents become searchable.</p>"""))}
            <ul class="rows">{Html.Join(sources.Select(s => Row(http, s)))}</ul>
            <h2>Connect a source</h2>
            {Html.When(offered.Count == 0, () => Html.Of(
                $"""<p class="muted">This server offers no provider.</p>"""))}
            <ul class="tiles">{Html.Join(offered.Select(Tile))}{Html.Join(unavailable.Select(p => Tile(user, p)))}</ul>
            {Html.When(apps.Count > 0, () => Html.Of($"""
                <h2>Applications with access</h2>
                <ul class="rows">{Html.Join(apps.Select(s => Row(http, s)))}</ul>
                """))}
            """));
    }

    public static IResult ConfirmRevoke(HttpContext http, User user, Source source)
    {
        _ = user;
        return Page.Card($"Disconnect {source.Name}?", Html.Of($"""
            <p>{source.Client.Name} loses its access, and the documents that it sent are removed from AnyFetch.
              Nothing changes at the source itself.</p>
            <form method="post" action="/manager/sources/{source.Token.Id.ToString()}/revoke" class="choices">
              {http.Proof()}
              <a class="button" href="/manager">Keep it</a>
              <button type="submit" class="danger">Disconnect</button>
            </form>
            """));
    }

    public static IResult Unknown(User user) => Page.Full(user, "There is no such source", Html.Of($"""
        <p class="muted">It may have been disconnected already.</p><p><a class="button" href="/manager">Sources</a></p>
        """), StatusCodes.Status404NotFound);

    private static Html Row(HttpContext http, Source source)
    {
        var id = source.Token.Id.ToString();
        var used = source.Token.LastUsed.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        return Html.Of($"""
            <li>
              {Icon(source.Client)}
              <div><strong>{source.Name}</strong><small>{source.Client.Name} · last active {used}</small>
              {Html.When(source.Token.RequireRefresh, () => Html.Of(
                  $"""<small class="warn">Its access at the source has ended. Reconnect it to go on.</small>"""))}
              </div>
              {Html.When(!source.Client.IsOAuthApp, () => Html.Of($"""
                  <a class="button" href="/manager/sources/{id}">Details</a>
                  <form method="post" action="/manager/sources/{id}/reconnect">{http.Proof()}
                    <button type="submit" {Primary(source.Token.RequireRefresh)}>Reconnect</button></form>
                  """))}
              <a class="button" href="/manager/sources/{id}/revoke">Disconnect</a>
            </li>
            """);
    }

    /// <summary>
    /// Goes on to a provider after a form. Browsers hold a form's redirects to the origins that the page allows, and
    /// where the provider sends people on to is not known here: so the form ends on a page, which goes on by itself.
    /// </summary>
    public static IResult Leave(HttpContext http, Client client, string address)
    {
        http.Response.Headers["Refresh"] = "0; url=" + address;
        return Page.Card($"On to {client.Name}", Html.Of($"""
            <p><a class="button primary" href="{address}">Go on</a></p>
            """));
    }

    // What cannot be connected says why, to those who can do something about it.
    private static Html Tile(User user, UnavailableProvider provider) => Html.Of($"""
        <li class="off">
          <img src="{provider.Path}/icon.svg" alt="" width="36" height="36">
          <div><strong>{provider.Name}</strong><small>{provider.Description}</small>
          <small>{(user.IsAdmin
              ? $"Not set up on this server: {string.Join(" and ", provider.MissingKeys)} missing."
              : "Not set up on this server: ask its administrator.")}</small></div>
        </li>
        """);

    private static Html Icon(Client client) =>
        Html.When(client is { Developer: null, ProviderUrl: not null } && Uri.IsWellFormedUriString(client.ProviderUrl, UriKind.Absolute),
            () => Html.Of($"""<img src="{new Uri(client.ProviderUrl!).AbsolutePath}/icon.svg" alt="" width="36" height="36">"""));

    private static Html Tile(Client client) => Html.Of($"""
        <li>
          {Icon(client)}
          <div><strong>{client.Name}</strong><small>{client.Description}</small></div>
          <a class="button" href="/connect/{client.Id.ToString()}">Connect</a>
        </li>
        """);

    private static Html Primary(bool isPrimary) => isPrimary ? Html.Of($"""class="primary" """) : Html.None;
}
