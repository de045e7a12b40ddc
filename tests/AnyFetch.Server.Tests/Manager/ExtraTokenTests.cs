using System.Net;
using AnyFetch.Client;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.Manager;

/// <summary>Tokens of no application, which users make themselves with scopes of their choice (auth-and-tenancy §2.1).</summary>
public sealed class ExtraTokenTests
{
    [Fact]
    public async Task A_member_makes_a_token_with_chosen_scopes_and_removes_it()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddUserAsync("member@example.org");
        using var browser = await Browser.SignedInAsync(server, "member@example.org");

        using var made = await browser.SubmitAsync(
            await browser.OpenAsync("/manager/tokens/new"), ("name", "My <script>"), ("scopes", "read_documents"));
        var secret = (await Browser.ReadAsync(made)).QuerySelector("#token")!.TextContent;
        var client = server.ClientOf(secret);
        Assert.Equal(0, (await client.Documents.SearchAsync(new DocumentSearch(), default)).Count);
        var refused = await Assert.ThrowsAsync<AnyFetchException>(
            () => client.Documents.SendAsync(new DocumentDraft { Identifier = "x" }, default));
        Assert.Equal("MissingScope", refused.Code);

        var list = await browser.OpenAsync("/manager/tokens");
        Assert.Contains("My <script>", list.QuerySelector("ul.rows")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, list.DocumentElement.OuterHtml, StringComparison.Ordinal);
        var remove = list.QuerySelector("ul.rows a")!.GetAttribute("href")!;
        using var removed = await browser.SubmitAsync(await browser.OpenAsync(remove));
        Assert.Equal("/manager/tokens", removed.Headers.Location!.OriginalString);
        var ended = await Assert.ThrowsAsync<AnyFetchException>(
            () => client.Documents.SearchAsync(new DocumentSearch(), default));
        Assert.Equal(HttpStatusCode.Unauthorized, ended.Status);
    }

    [Fact]
    public async Task A_token_needs_a_name_and_a_scope_and_nobody_sees_another_ones()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddUserAsync("member@example.org");
        using var browser = await Browser.SignedInAsync(server, "member@example.org");
        var page = await browser.OpenAsync("/manager/tokens/new");
        using var nameless = await browser.SubmitAsync(page, ("name", " "), ("scopes", "read_documents"));
        using var scopeless = await browser.SubmitAsync(page, ("name", "x"), ("scopes", "everything"));
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (nameless.StatusCode, scopeless.StatusCode));

        using var admin = await Browser.SignedInAsync(server);
        using var made = await admin.SubmitAsync(
            await admin.OpenAsync("/manager/tokens/new"), ("name", "foreign"), ("scopes", "read_documents"));
        var tokens = await server.Get<IAccessTokenStore>().ListAsync(server.AdminUser.Id, default);
        var foreign = tokens.Single(token => token.AccountName == "foreign");
        using var hidden = await browser.GetAsync($"/manager/tokens/{foreign.Id}/remove");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        page.QuerySelector("form")!.SetAttribute("action", $"/manager/tokens/{foreign.Id}/remove");
        using var refused = await browser.SubmitAsync(page);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.NotNull(await server.Get<IAccessTokenStore>().FindAsync(foreign.Id, default));
    }
}
