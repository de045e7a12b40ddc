using AnyFetch.Core.Authentication;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Users;
using AnyFetch.Manager.Markup;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Manager.Applications;

/// <summary>Where the operator says which applications are trusted and which are shown first (auth-and-tenancy §4.1).</summary>
internal static class TrustEndpoints
{
    private const string Path = "/manager/applications";

    public static void MapTrust(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapSignedInPages().AddEndpointFilter(DemandOperatorAsync);
        pages.MapGet(Path, ListAsync);
        pages.MapPost(Path + "/{id}", ChangeAsync);
    }

    private static async ValueTask<object?> DemandOperatorAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var operators = http.RequestServices.GetRequiredService<Operators>();
        return await operators.ContainsAsync(Visitor.Of(http), http.RequestAborted)
            ? await next(context)
            : Page.Full(
                Visitor.Of(http),
                "Applications of this server",
                Html.Of($"""<p class="muted">Only those who run this server see this page.</p>"""),
                StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IClientStore clients, IUserStore users)
    {
        var rows = new List<Html>();
        foreach (var client in (await clients.ListAsync(http.RequestAborted)).OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            var developer = client.Developer is { } id ? await users.FindAsync(id, http.RequestAborted) : null;
            rows.Add(Row(http, client, client.Developer is null ? "AnyFetch" : developer?.Email ?? "somebody who has left"));
        }

        return Page.Full(Visitor.Of(http), "Applications of this server", Html.Of($"""
            <p class="muted">A trusted application may write into companies that take no others, and is connected without
              a question. A featured one is shown first.</p>
            <ul class="rows">{Html.Join(rows)}</ul>
            """));
    }

    private static async Task<IResult> ChangeAsync(
        HttpContext http,
        string id,
        IClientStore clients,
        CredentialChanges credentials)
    {
        if (!ClientId.TryParse(id, out var clientId)
            || await clients.FindAsync(clientId, http.RequestAborted) is not { Developer: not null } client)
        {
            return ApplicationPages.Unknown(Visitor.Of(http));
        }

        // The built-in ones are written anew at each start, trusted as they are.
        var form = http.Request.Form;
        var changed = client with { IsTrusted = form["trusted"] == "true", IsFeatured = form["featured"] == "true" };
        await clients.PutAsync(changed, null, http.RequestAborted);
        credentials.Notify();
        return TypedResults.Redirect(Path);
    }

    private static Html Row(HttpContext http, Client client, string developer) => Html.Of($"""
        <li><div><strong>{client.Name}</strong>
          <small>{(client.IsOAuthApp ? "Application" : "Provider")} of {developer} · {client.RedirectUri}</small></div>
          {(client.Developer is null ? Html.Of($"""<span class="pill">Built in</span>""") : Boxes(http, client))}</li>
        """);

    private static Html Boxes(HttpContext http, Client client) => Html.Of($"""
        <form method="post" action="{Path}/{client.Id.ToString()}">{http.Proof()}
          {Form.Check("Trusted", "trusted", client.IsTrusted)}
          {Form.Check("Featured", "featured", client.IsFeatured)}
          <button type="submit">Save</button></form>
        """);
}
