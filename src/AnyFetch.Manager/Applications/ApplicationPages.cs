using AnyFetch.Core.Clients;
using AnyFetch.Core.Users;
using AnyFetch.Manager.Authorize;
using AnyFetch.Manager.Markup;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Applications;

/// <summary>How applications look to their developer.</summary>
internal static class ApplicationPages
{
    public static IResult List(User user, IReadOnlyList<Client> clients, bool isOperator) => Page.Full(user, "Applications", Html.Of($"""
        <p class="muted">A provider brings documents in; an application reads them for its users.
          Both need an id here.</p>
        <ul class="rows">{Html.Join(clients.Select(Row))}</ul>
        <p><a class="button primary" href="/developers/new">Register an application</a></p>
        {Html.When(isOperator, () => Html.Of(
            $"""<p><a href="/manager/applications">Applications of this server: say which are trusted</a></p>"""))}
        """));

    public static IResult New(HttpContext http, User user, ApplicationForm form, string? error) => Page.Full(
        user,
        "Register an application",
        Fields(http, form, error, "/developers/new", "Register"),
        error is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);

    public static IResult Created(User user, Client client, string? secret) => Page.Full(user, client.Name, Html.Of($"""
        {Facts(client)}
        {Html.When(secret is not null, () => Html.Of($"""
            <p class="notice">Copy the secret now: it is shown this once.</p>
            <dl class="facts"><dt>Secret (app_secret)</dt><dd><code id="app_secret" class="secret">{secret}</code></dd></dl>
            """))}
        <p><a class="button" href="/developers/{client.Id.ToString()}">Done</a></p>
        """));

    public static IResult Edit(
        HttpContext http,
        User user,
        Client client,
        ApplicationForm form,
        string? error,
        bool isSaved) => Page.Full(
        user,
        client.Name,
        Html.Of($"""
            {Html.When(isSaved, () => Html.Of($"""<p class="notice" role="status">Saved.</p>"""))}
            {Facts(client)}
            {Fields(http, form, error, $"/developers/{client.Id}", "Save")}
            {Html.When(!client.IsPublic, () => Html.Of($"""
                <h2>Secret</h2>
                <p class="muted">Lost, or known to somebody? A new one ends the old one at once.</p>
                <form method="post" action="/developers/{client.Id.ToString()}/secret">{http.Proof()}
                  <button type="submit">Make a new secret</button></form>
                """))}
            """),
        error is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);

    public static IResult Unknown(User user) => Page.Full(user, "There is no such application", Html.Of($"""
        <p><a class="button" href="/developers">Applications</a></p>
        """), StatusCodes.Status404NotFound);

    private static Html Row(Client client) => Html.Of($"""
        <li><div><strong><a href="/developers/{client.Id.ToString()}">{client.Name}</a></strong>
          <small>{(client.IsOAuthApp ? "Application" : "Provider")} · {client.RedirectUri}</small></div>
          {Html.When(client.IsTrusted, () => Html.Of($"""<span class="pill">Trusted</span>"""))}</li>
        """);

    private static Html Facts(Client client) => Html.Of($"""
        <dl class="facts"><dt>Id (app_id)</dt><dd><code id="app_id" class="secret">{client.Id.ToString()}</code></dd></dl>
        """);

    private static Html Fields(HttpContext http, ApplicationForm form, string? error, string action, string submit) =>
        Html.Of($"""
            <form method="post" action="{action}" class="fields">
              {http.Proof()}
              {Form.Text("Application name", "name", form.Name, hint: "People see it when they are asked to let it in.")}
              <label>Description
                <textarea name="description" rows="3">{form.Description}</textarea></label>
              {Form.Text("Callback URI", "redirect_uri", form.RedirectUri,
                  hint: $"For a provider its /init/connect address. An application without one: {Client.OutOfBand}")}
              {Form.Check("It reads on behalf of users", "oauth_app", form.IsOAuthApp,
                  hint: "On for applications, off for providers.")}
              {Form.Check("It cannot keep a secret", "public", form.IsPublic,
                  hint: "On for applications in a browser or on a phone: they use PKCE.")}
              {ScopeBoxes.Of("Required scopes", form.Scopes)}
              {Form.Error(error)}
              <p><button type="submit" class="primary">{submit}</button></p>
            </form>
            """);
}
