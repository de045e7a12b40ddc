using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Users;
using AnyFetch.Manager.Markup;
using AnyFetch.Manager.Http;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Authorize;

/// <summary>The page on which somebody lets an application in, or does not.</summary>
internal static class ConsentPage
{
    private static readonly string[] s_carried =
    [
        "client_id", "redirect_uri", "response_type", "state", "replace_existing_token", "approval_prompt",
        "return_to", "code_challenge", "code_challenge_method",
    ];

    /// <summary>Asks on behalf of <c>/oauth/authorize</c>; the form carries the application's parameters along.</summary>
    public static async ValueTask<IResult> ShowAsync(
        HttpContext http,
        AuthorizeRequest request,
        IUserStore users,
        Func<string, string?> field)
    {
        var carried = s_carried.Select(name => Form.Hidden(name, field(name) is { Length: > 0 } value ? value : null));
        return await ShowAsync(http, request.Client, users, "/oauth/authorize", Html.Join(carried));
    }

    /// <summary>Asks, and sends the answer to <paramref name="action"/>.</summary>
    public static async ValueTask<IResult> ShowAsync(
        HttpContext http,
        Client client,
        IUserStore users,
        string action,
        Html carried)
    {
        PageHeaders.SetPolicy(http.Response, formTarget: Address.FormTarget(client.RedirectUri));
        var developer = client.Developer is { } id
            ? (await users.FindAsync(id, http.RequestAborted))?.Name
            : "AnyFetch";
        return Page.Card($"Let {client.Name} in?", Html.Of($"""
            {Html.When(client.Description.Length > 0, () => Html.Of($"<p>{client.Description}</p>"))}
            <p class="muted">Made by {developer ?? "somebody who has left"}. It asks to act for you:</p>
            {ScopeTexts.List(client.Scopes)}
            {Html.When(!client.IsTrusted, () => Html.Of(
                $"""<p class="notice">Nobody here has checked this application. Let it in only if you know it.</p>"""))}
            <form method="post" action="{action}" class="choices">
              {http.Proof()}{carried}
              {Form.Hidden("scopes", string.Join(' ', ScopeNames.ToNames(client.Scopes)))}
              <button name="decision" value="deny" type="submit">Deny</button>
              <button name="decision" value="allow" type="submit" class="primary">Allow</button>
            </form>
            """));
    }
}
