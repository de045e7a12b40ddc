using System.Net;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.Manager;

public sealed class PageTests
{
    [Fact]
    public async Task Connecting_a_trusted_provider_sends_the_browser_to_it_with_a_code()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, secret) = await server.AddClientAsync(isTrusted: true, redirectUri: "https://drive.example/init/connect");

        using var answer = await browser.GetAsync($"/connect/{client.Id}?return_to=/app");
        using var elsewhere = await browser.GetAsync($"/connect/{client.Id}?return_to=https://evil.example/");
        var target = answer.Headers.Location!;

        Assert.StartsWith("https://drive.example/init/connect?", target.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(new Uri(server.Url, "app").AbsoluteUri, target.Parameter("return_to"));
        Assert.Equal(new Uri(server.Url, "connect").AbsoluteUri, elsewhere.Headers.Location!.Parameter("return_to"));
        await server.GetTokenAsync(client, secret, target.Parameter("code")!);
    }

    [Fact]
    public async Task Connecting_an_untrusted_provider_asks_first()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, _) = await server.AddClientAsync(redirectUri: "https://drive.example/init/connect");

        var page = await browser.OpenAsync($"/connect/{client.Id}");
        using var denied = await browser.SubmitAsync(page, ("decision", "deny"));
        using var allowed = await browser.SubmitAsync(page, ("decision", "allow"));

        Assert.Equal("/connect?state=canceled", denied.Headers.Location!.OriginalString);
        Assert.NotNull((await Browser.LeaveAsync(allowed)).Parameter("code"));
    }

    [Fact]
    public async Task The_landing_page_shows_what_the_provider_says_as_text()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);

        var page = await browser.OpenAsync("/connect?state=danger&message=" + Uri.EscapeDataString("<img src=x onerror=y>"));

        Assert.Contains("<img src=x onerror=y>", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("img[src=x]"));
    }

    [Fact]
    public async Task A_source_is_disconnected_after_a_question_and_only_by_its_owner()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        await server.AddUserAsync("other@example.org");
        using var other = await Browser.SignedInAsync(server, "other@example.org");
        var (token, secret) = await server.AddTokenAsync();
        var path = $"/manager/sources/{token.Id}/revoke";

        using var hidden = await other.GetAsync(path);
        using var answer = await browser.SubmitAsync(await browser.OpenAsync(path));

        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal("/manager", answer.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, await server.StatusOfAsync(secret));
    }

    [Fact]
    public async Task An_application_is_registered_with_a_secret_that_is_shown_once()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        (string, string)[] fields =
        [
            ("name", "<b>Reader</b>"), ("description", ""), ("redirect_uri", OAuth.Callback), ("oauth_app", "true"),
            ("scopes", "read_documents"),
        ];

        using var created = await browser.SubmitAsync(await browser.OpenAsync("/developers/new"), fields);
        var page = await Browser.ReadAsync(created);
        var id = page.QuerySelector("#app_id")!.TextContent;
        var secret = page.QuerySelector("#app_secret")!.TextContent;
        Assert.True(ClientId.TryParse(id, out var clientId));
        var client = await server.Get<IClientStore>().FindAsync(clientId, default);
        var later = await browser.OpenAsync($"/developers/{id}");

        Assert.Matches("^[0-9a-f]{64}$", secret);
        Assert.Equal("<b>Reader</b>", client!.Name);
        Assert.Equal(Scopes.ReadDocuments, client.Scopes);
        Assert.False(client.IsTrusted);
        Assert.Null(later.QuerySelector("#app_secret"));
        await server.GetTokenAsync(client, secret, await browser.GetCodeAsync(client));
        using var renewed = await browser.SubmitAsync(later, "form[action$='/secret']");
        var (status, _, _) = await server.ExchangeAsync(client, secret, await browser.GetCodeAsync(client));
        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://app.example/#fragment")]
    [InlineData("https://user@app.example/")]
    [InlineData("ftp://app.example/")]
    [InlineData("")]
    public async Task A_callback_that_is_no_web_address_is_refused(string redirectUri)
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);

        using var answer = await browser.SubmitAsync(
            await browser.OpenAsync("/developers/new"), ("name", "n"), ("redirect_uri", redirectUri));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Fact]
    public async Task An_application_is_hidden_from_everybody_but_its_developer()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, _) = await server.AddAppAsync();

        using var answer = await browser.GetAsync($"/developers/{client.Id}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task People_are_shown_to_administrators_only()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddUserAsync("ada@example.org");
        await server.AddCompanyAsync("stranger@example.org");
        using var admin = await Browser.SignedInAsync(server);
        using var member = await Browser.SignedInAsync(server, "ada@example.org");

        var page = await admin.OpenAsync("/manager/people");
        using var refused = await member.GetAsync("/manager/people");

        Assert.Contains("ada@example.org", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("stranger@example.org", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }
}
