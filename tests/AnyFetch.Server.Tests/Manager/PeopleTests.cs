using System.Net;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Users;
using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.Manager;

/// <summary>The administrators' pages: people, and which applications are trusted.</summary>
public sealed class PeopleTests
{
    private const string NewPassword = "another long one";

    [Fact]
    public async Task An_administrator_adds_changes_and_removes_people()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var users = server.Get<IUserStore>();

        using var added = await browser.SubmitAsync(
            await browser.OpenAsync("/manager/people/new"),
            ("name", "Ada"), ("email", "ada@example.org"), ("password", TestServer.AdminPassword), ("is_admin", "true"));
        Assert.Equal("/manager/people", added.Headers.Location!.OriginalString);
        var ada = (await users.FindByEmailAsync("ada@example.org", default))!;
        Assert.Equal((server.AdminUser.Company, "Ada", true), (ada.Company, ada.Name, ada.IsAdmin));
        using var hers = await Browser.SignedInAsync(server, ada.Email);

        using var changed = await browser.SubmitAsync(
            await browser.OpenAsync($"/manager/people/{ada.Id}"),
            ("name", "Ada L"), ("email", "ada.l@example.org"), ("password", NewPassword), ("is_admin", ""));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        ada = (await users.FindAsync(ada.Id, default))!;
        Assert.Equal(("Ada L", "ada.l@example.org", false), (ada.Name, ada.Email, ada.IsAdmin));
        using var ended = await hers.GetAsync("/manager");
        Assert.StartsWith("/sign_in", ended.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var again = await hers.SignInAsync(ada.Email, NewPassword);
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        using var refused = await hers.GetAsync("/manager/people");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        using var removed = await browser.SubmitAsync(await browser.OpenAsync($"/manager/people/{ada.Id}/remove"));
        Assert.Equal("/manager/people", removed.Headers.Location!.OriginalString);
        Assert.Null(await users.FindAsync(ada.Id, default));
    }

    [Fact]
    public async Task An_address_that_its_owner_put_in_is_shown_and_confirmed_by_saving()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var users = server.Get<IUserStore>();
        var person = await server.AddUserAsync("person@example.org");
        var page = $"/manager/people/{person.Id}";
        Assert.DoesNotContain("put in the address alone", await TextAsync(page), StringComparison.Ordinal);

        await users.UpdateAsync(person with { Email = "boss@example.org", IsEmailVouched = false }, default);
        Assert.Contains("Address not confirmed", await TextAsync("/manager/people"), StringComparison.Ordinal);
        Assert.Contains("put in the address alone", await TextAsync(page), StringComparison.Ordinal);
        using var saved = await browser.SubmitAsync(
            await browser.OpenAsync(page), ("name", "P"), ("email", "boss@example.org"), ("password", ""));
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.True((await users.FindAsync(person.Id, default))!.IsEmailVouched);
        Assert.DoesNotContain("Address not confirmed", await TextAsync("/manager/people"), StringComparison.Ordinal);

        async Task<string> TextAsync(string path) => (await browser.OpenAsync(path)).Body!.TextContent;
    }

    [Fact]
    public async Task A_person_changed_without_a_password_keeps_the_old_one()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var person = await server.AddUserAsync("person@example.org");

        using var changed = await browser.SubmitAsync(
            await browser.OpenAsync($"/manager/people/{person.Id}"), ("name", "P"), ("email", person.Email), ("password", ""));

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        using var theirs = await Browser.SignedInAsync(server, person.Email);
    }

    [Fact]
    public async Task Nobody_lowers_or_removes_themselves_and_an_own_password_keeps_the_session()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var path = $"/manager/people/{server.AdminUser.Id}";
        var page = await browser.OpenAsync(path);
        Assert.Null(page.QuerySelector("input[name=is_admin]"));

        using var changed = await browser.SubmitAsync(
            page, ("name", "Admin"), ("email", TestServer.AdminEmail), ("password", NewPassword), ("is_admin", "false"));
        using var confirm = await browser.GetAsync(path + "/remove");
        using var removed = await browser.SubmitAsync(await browser.OpenAsync("/manager/people/new"), ("email", "x"));

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, confirm.StatusCode);
        Assert.True((await server.Get<IUserStore>().FindAsync(server.AdminUser.Id, default))!.IsAdmin);
        Assert.Equal(HttpStatusCode.Conflict, removed.StatusCode);
        using var stillIn = await browser.GetAsync("/manager");
        Assert.Equal(HttpStatusCode.OK, stillIn.StatusCode);
    }

    [Fact]
    public async Task Another_companys_people_do_not_exist()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var stranger = await server.AddCompanyAsync("stranger@example.org");
        var own = await browser.OpenAsync($"/manager/people/{server.AdminUser.Id}");

        using var shown = await browser.GetAsync($"/manager/people/{stranger.Id}");
        own.QuerySelector("form")!.SetAttribute("action", $"/manager/people/{stranger.Id}");
        using var changed = await browser.SubmitAsync(own, ("name", "x"), ("email", "x@example.org"));
        own.QuerySelector("form")!.SetAttribute("action", $"/manager/people/{stranger.Id}/remove");
        using var removed = await browser.SubmitAsync(own);

        Assert.All([shown, changed, removed], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        Assert.Equal(stranger, await server.Get<IUserStore>().FindAsync(stranger.Id, default));
    }

    [Fact]
    public async Task A_person_who_leaves_takes_the_tokens_along()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var person = await server.AddUserAsync("person@example.org");
        var (token, secret) = await server.AddTokenAsync(user: person, scopes: Scopes.All);

        using var removed = await browser.SubmitAsync(await browser.OpenAsync($"/manager/people/{person.Id}/remove"));

        Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        Assert.Null(await server.Get<IAccessTokenStore>().FindAsync(token.Id, default));
        Assert.Equal(HttpStatusCode.Unauthorized, await server.StatusOfAsync(secret));
    }

    [Fact]
    public async Task Only_those_who_run_the_server_say_which_applications_are_trusted()
    {
        await using var server = await TestServer.StartAsync();
        var developer = await server.AddCompanyAsync("developer@example.org");
        var (client, _) = await server.AddClientAsync("Drive", redirectUri: "https://drive.example/init/connect");
        client = client with { Developer = developer.Id };
        await server.Get<IClientStore>().PutAsync(client, null, default);
        using var theirs = await Browser.SignedInAsync(server, developer.Email);
        using var ours = await Browser.SignedInAsync(server);
        var path = $"/manager/applications/{client.Id}";

        using var refused = await theirs.GetAsync("/manager/applications");
        var form = await theirs.OpenAsync("/developers/new");
        form.QuerySelector("form")!.SetAttribute("action", path);
        using var forged = await theirs.SubmitAsync(form, ("trusted", "true"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        Assert.False((await server.Get<IClientStore>().FindAsync(client.Id, default))!.IsTrusted);

        var page = await ours.OpenAsync("/manager/applications");
        using var saved = await ours.SubmitAsync(page, $"form[action='{path}']", ("trusted", "true"), ("featured", "true"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(
            client with { IsTrusted = true, IsFeatured = true },
            await server.Get<IClientStore>().FindAsync(client.Id, default));
    }
}
