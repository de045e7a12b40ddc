using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace AnyFetch.Manager.Applications;

/// <summary>Where developers register providers and applications (auth-and-tenancy §4.1).</summary>
internal static class ApplicationEndpoints
{
    public static void MapApplications(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapSignedInPages();
        pages.MapGet("/developers", ListAsync);
        pages.MapGet("/developers/new", ShowNew);
        pages.MapPost("/developers/new", CreateAsync);
        pages.MapGet("/developers/{id}", ShowAsync);
        pages.MapPost("/developers/{id}", ChangeAsync);
        pages.MapPost("/developers/{id}/secret", RenewSecretAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IClientStore clients, Operators operators) =>
        ApplicationPages.List(
            Visitor.Of(http),
            await ListOwnAsync(Visitor.Of(http), clients, http.RequestAborted),
            await operators.ContainsAsync(Visitor.Of(http), http.RequestAborted));

    private static IResult ShowNew(HttpContext http) =>
        ApplicationPages.New(http, Visitor.Of(http), new ApplicationForm(), null);

    private static async Task<IResult> CreateAsync(
        HttpContext http,
        IClientStore clients,
        TimeProvider timeProvider,
        IOptions<ManagerOptions> options)
    {
        var user = Visitor.Of(http);
        var form = ApplicationForm.Read(http.Request.Form);
        var own = await ListOwnAsync(user, clients, http.RequestAborted);
        var fault = own.Count >= options.Value.ApplicationsMax
            ? $"You have {options.Value.ApplicationsMax} applications, which is the most."
            : form.FindFault(options.Value);
        if (fault is not null)
        {
            return ApplicationPages.New(http, user, form, fault);
        }

        var client = form.ApplyTo(new Client
        {
            Id = new ClientId(ObjectId.New(timeProvider.GetUtcNow())),
            Name = form.Name,
            RedirectUri = form.RedirectUri,
            Scopes = form.Scopes,
            Developer = user.Id,
        });
        var secret = client.IsPublic ? null : TokenSecret.New(TokenSecret.BasicTokenChars);
        await clients.PutAsync(client, HashOf(secret), http.RequestAborted);
        return ApplicationPages.Created(user, client, secret);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string id, IClientStore clients) =>
        await FindOwnAsync(id, Visitor.Of(http), clients, http.RequestAborted) is { } client
            ? ApplicationPages.Edit(http, Visitor.Of(http), client, ApplicationForm.Of(client), null, isSaved: false)
            : ApplicationPages.Unknown(Visitor.Of(http));

    private static async Task<IResult> ChangeAsync(
        HttpContext http,
        string id,
        IClientStore clients,
        CredentialChanges changes,
        IOptions<ManagerOptions> options)
    {
        var user = Visitor.Of(http);
        if (await FindOwnAsync(id, user, clients, http.RequestAborted) is not { } client)
        {
            return ApplicationPages.Unknown(user);
        }

        var form = ApplicationForm.Read(http.Request.Form);
        if (form.FindFault(options.Value) is { } fault)
        {
            return ApplicationPages.Edit(http, user, client, form, fault, isSaved: false);
        }

        var changed = form.ApplyTo(client);
        await clients.PutAsync(changed, null, http.RequestAborted);
        changes.Notify();
        return ApplicationPages.Edit(http, user, changed, form, null, isSaved: true);
    }

    /// <summary>A new secret for an application whose old one was lost or got known. The old one ends at once.</summary>
    private static async Task<IResult> RenewSecretAsync(
        HttpContext http,
        string id,
        IClientStore clients)
    {
        if (await FindOwnAsync(id, Visitor.Of(http), clients, http.RequestAborted) is not { IsPublic: false } client)
        {
            return ApplicationPages.Unknown(Visitor.Of(http));
        }

        var secret = TokenSecret.New(TokenSecret.BasicTokenChars);
        await clients.PutAsync(client, HashOf(secret), http.RequestAborted);
        return ApplicationPages.Created(Visitor.Of(http), client, secret);
    }

    private static ReadOnlyMemory<byte>? HashOf(string? secret) =>
        secret is null ? null : new ReadOnlyMemory<byte>(TokenSecret.Hash(secret));

    private static async ValueTask<List<Client>> ListOwnAsync(
        User user,
        IClientStore clients,
        CancellationToken cancellationToken) =>
        [.. (await clients.ListAsync(cancellationToken)).Where(c => c.Developer == user.Id)];

    private static async ValueTask<Client?> FindOwnAsync(
        string text,
        User user,
        IClientStore clients,
        CancellationToken cancellationToken) =>
        ClientId.TryParse(text, out var id)
        && await clients.FindAsync(id, cancellationToken) is { } client
        && client.Developer == user.Id
            ? client
            : null;
}
