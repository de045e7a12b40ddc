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

namespace AnyFetch.Manager.People;

/// <summary>The users of a company, for its administrators (auth-and-tenancy §1).</summary>
internal static class PeopleEndpoints
{
    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapAdminPages();
        pages.MapGet("/manager/people", ListAsync);
        pages.MapGet("/manager/people/new", ShowNew);
        pages.MapPost("/manager/people/new", AddAsync);
        pages.MapGet("/manager/people/{id}", ShowAsync);
        pages.MapPost("/manager/people/{id}", ChangeAsync);
        pages.MapGet("/manager/people/{id}/remove", ConfirmAsync);
        pages.MapPost("/manager/people/{id}/remove", RemoveAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IUserStore users) =>
        PeoplePages.List(Visitor.Of(http), await users.ListAsync(Visitor.Of(http).Company, http.RequestAborted));

    private static IResult ShowNew(HttpContext http) => PeoplePages.New(http, Visitor.Of(http), new PersonForm(), null);

    private static async Task<IResult> AddAsync(
        HttpContext http,
        IUserStore users,
        UserPasswords passwords,
        TimeProvider timeProvider,
        IOptions<ManagerOptions> options)
    {
        var admin = Visitor.Of(http);
        var form = PersonForm.Read(http.Request.Form);
        if (form.FindFault(options.Value, needsPassword: true) is { } fault)
        {
            return PeoplePages.New(http, admin, form, fault);
        }

        var person = new User
        {
            Id = new UserId(ObjectId.New(timeProvider.GetUtcNow())),
            Company = admin.Company,
            Email = form.Email,
            Name = form.Name,
            IsAdmin = form.IsAdmin,
            PasswordHash = await passwords.HashAsync(form.Password, http.RequestAborted),
        };
        return await users.AddAsync(person, http.RequestAborted)
            ? TypedResults.Redirect("/manager/people")
            : PeoplePages.New(http, admin, form, PeoplePages.EmailTaken);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string id, IUserStore users) =>
        await FindAsync(id, Visitor.Of(http), users, http.RequestAborted) is { } person
            ? PeoplePages.Edit(http, Visitor.Of(http), person, PersonForm.Of(person), null, isSaved: false)
            : PeoplePages.Unknown(Visitor.Of(http));

    private static async Task<IResult> ChangeAsync(
        HttpContext http,
        string id,
        IUserStore users,
        UserPasswords passwords,
        CredentialChanges credentials,
        SessionCookie sessions,
        IOptions<ManagerOptions> options)
    {
        var admin = Visitor.Of(http);
        if (await FindAsync(id, admin, users, http.RequestAborted) is not { } person)
        {
            return PeoplePages.Unknown(admin);
        }

        // Nobody lowers themselves, so their own form has no box for it.
        var isOwn = person.Id == admin.Id;
        var form = PersonForm.Read(http.Request.Form);
        form = form with { IsAdmin = isOwn || form.IsAdmin };
        if (form.FindFault(options.Value, needsPassword: false) is { } fault)
        {
            return PeoplePages.Edit(http, admin, person, form, fault, isSaved: false);
        }

        var changed = person with
        {
            Email = form.Email,
            IsEmailVouched = true,
            Name = form.Name,
            IsAdmin = form.IsAdmin,
            PasswordHash = form.Password.Length > 0
                ? await passwords.HashAsync(form.Password, http.RequestAborted)
                : person.PasswordHash,
        };
        var result = await users.UpdateAsync(changed, http.RequestAborted);
        credentials.Notify();
        if (result != UserChange.Done)
        {
            return PeoplePages.Edit(http, admin, person, form, PeoplePages.Reason(result), isSaved: false);
        }

        if (isOwn)
        {
            // A new password ends all sessions but the one in which it was set.
            sessions.Write(http, changed);
        }

        return PeoplePages.Edit(http, admin, changed, PersonForm.Of(changed), null, isSaved: true);
    }

    private static async Task<IResult> ConfirmAsync(HttpContext http, string id, IUserStore users) =>
        await FindAsync(id, Visitor.Of(http), users, http.RequestAborted) is { } person && person.Id != Visitor.Of(http).Id
            ? PeoplePages.ConfirmRemove(http, person)
            : PeoplePages.Unknown(Visitor.Of(http));

    /// <summary>Removes a person with the tokens and documents, as the API does; nobody removes themselves.</summary>
    private static async Task<IResult> RemoveAsync(
        HttpContext http,
        string id,
        IUserStore users,
        IAccessTokenStore tokens,
        IClientStore clients,
        ProviderNotices notices,
        CredentialChanges credentials)
    {
        var admin = Visitor.Of(http);
        if (await FindAsync(id, admin, users, http.RequestAborted) is not { } person || person.Id == admin.Id)
        {
            return PeoplePages.Unknown(admin);
        }

        // Noted before the tokens go, so that a crash between the two leaves no provider untold.
        var providers = (await clients.ListAsync(http.RequestAborted))
            .Where(c => c.ProviderUrl is not null).Select(c => c.Id).ToHashSet();
        var accounts = (await tokens.ListAsync(person.Id, http.RequestAborted))
            .Where(t => t.Client is { } client && providers.Contains(client));
        await notices.AddAsync([.. accounts], http.RequestAborted);
        await users.RemoveAsync(person.Id, http.RequestAborted);
        credentials.Notify();
        return TypedResults.Redirect("/manager/people");
    }

    private static async ValueTask<User?> FindAsync(
        string text,
        User admin,
        IUserStore users,
        CancellationToken cancellationToken) =>
        UserId.TryParse(text, out var id)
        && await users.FindAsync(id, cancellationToken) is { } person
        && person.Company == admin.Company
            ? person
            : null;
}
