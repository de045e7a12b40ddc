using System.Globalization;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Users;
using AnyFetch.Manager.Authorize;
using AnyFetch.Manager.Markup;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Tokens;

/// <summary>How extra tokens look to their user.</summary>
internal static class ExtraTokenPages
{
    public static IResult List(User user, IReadOnlyList<AccessToken> tokens) => Page.Full(user, "Tokens", Html.Of($"""
        <p class="muted">A token of your own lets a script use the API in your name, within its scopes.</p>
        <ul class="rows">{Html.Join(tokens.Select(Row))}</ul>
        <p><a class="button primary" href="/manager/tokens/new">Make a token</a></p>
        """));

    public static IResult New(HttpContext http, User user, ExtraTokenForm form, string? error) => Page.Full(
        user,
        "Make a token",
        Html.Of($"""
            <form method="post" action="/manager/tokens/new" class="fields">
              {http.Proof()}
              {Form.Text("Name", "name", form.Name, hint: "What it is for, so that you know it again.")}
              {ScopeBoxes.Of("Scopes", form.Scopes)}
              {Form.Error(error)}
              <p><button type="submit" class="primary">Make it</button></p>
            </form>
            """),
        error is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);

    public static IResult Created(User user, AccessToken token, string secret) => Page.Full(
        user,
        token.AccountName,
        Html.Of($"""
            <p class="notice">Copy the token now: it is shown this once.</p>
            <dl class="facts"><dt>Token</dt><dd><code id="token" class="secret">{secret}</code></dd></dl>
            <p><a class="button" href="/manager/tokens">Done</a></p>
            """));

    public static IResult ConfirmRemove(HttpContext http, AccessToken token) => Page.Card(
        $"Remove {token.AccountName}?",
        Html.Of($"""
            <p>Whoever uses it loses access at once, and the documents that were sent with it are removed.</p>
            <form method="post" action="/manager/tokens/{token.Id.ToString()}/remove" class="choices">
              {http.Proof()}
              <a class="button" href="/manager/tokens">Keep it</a>
              <button type="submit" class="danger">Remove</button>
            </form>
            """));

    public static IResult Unknown(User user) => Page.Full(user, "There is no such token", Html.Of($"""
        <p class="muted">It may have been removed already.</p><p><a class="button" href="/manager/tokens">Tokens</a></p>
        """), StatusCodes.Status404NotFound);

    private static Html Row(AccessToken token)
    {
        var used = token.LastUsed.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        return Html.Of($"""
            <li><div><strong>{token.AccountName}</strong>
              <small>last used {used} · {string.Join(", ", ScopeNames.ToNames(token.Scopes))}</small></div>
              <a class="button" href="/manager/tokens/{token.Id.ToString()}/remove">Remove</a></li>
            """);
    }
}
