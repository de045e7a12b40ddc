using System.Net;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.Manager;

/// <summary>The conformance checks of auth-and-tenancy that concern consent, by their numbers.</summary>
public sealed class OAuthFlowTests
{
    [Fact]
    public async Task Check_8_a_code_gives_a_usable_token_and_its_second_use_revokes_that_token()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, secret) = await server.AddAppAsync();
        var code = await browser.GetCodeAsync(client);
        Assert.Matches("^[0-9a-f]{40}$", code);

        var token = await server.GetTokenAsync(client, secret, code);
        Assert.Equal(HttpStatusCode.OK, await server.StatusOfAsync(token));

        var (status, body, _) = await server.ExchangeAsync(client, secret, code);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("invalid_grant", body.GetProperty("error").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, await server.StatusOfAsync(token));
    }

    [Fact]
    public async Task A_code_that_many_trade_at_once_leaves_no_token()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, secret) = await server.AddAppAsync();
        var code = await browser.GetCodeAsync(client);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.ExchangeAsync(client, secret, code)));

        Assert.True(answers.Count(a => a.Status == HttpStatusCode.OK) <= 1);
        var tokens = await server.Get<IAccessTokenStore>().ListAsync(server.AdminUser.Id, default);
        Assert.DoesNotContain(tokens, t => t.Client == client.Id);
    }

    [Fact]
    public async Task A_code_that_is_traded_again_before_its_token_is_stored_leaves_no_token_either()
    {
        await using var server = await TestServer.StartAsync(HeldTokenStore.AddTo);
        using var browser = await Browser.SignedInAsync(server);
        var (client, secret) = await server.AddAppAsync();
        var code = await browser.GetCodeAsync(client);
        var store = (HeldTokenStore)(object)server.Get<IAccessTokenStore>();
        store.Held = client.Id;

        var first = server.ExchangeAsync(client, secret, code);
        await store.Arrives;
        var second = await server.ExchangeAsync(client, secret, code);
        store.GoOn();

        Assert.Equal(HttpStatusCode.BadRequest, second.Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await first).Status);
        Assert.DoesNotContain(await server.Get<IAccessTokenStore>().ListAsync(server.AdminUser.Id, default), token => token.Client == client.Id);
    }

    [Fact]
    public async Task Check_10_a_wrong_redirect_uri_gives_a_page_and_no_redirect()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, _) = await server.AddAppAsync();

        foreach (var path in (string[])
        [
            OAuth.AuthorizePath(client, redirectUri: "https://evil.example/callback"),
            OAuth.AuthorizePath(client, redirectUri: OAuth.Callback + "/"),
            $"/oauth/authorize?client_id={client.Id}",
            $"/oauth/authorize?client_id=000000000000000000000000&redirect_uri={Uri.EscapeDataString(OAuth.Callback)}",
        ])
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Null(answer.Headers.Location);
        }
    }

    [Fact]
    public async Task Check_13_state_is_echoed_and_denial_says_access_denied()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, _) = await server.AddAppAsync();
        var path = OAuth.AuthorizePath(client, "&state=a%26b%3Dc&return_to=/there");

        var allowed = await browser.ConsentAsync(path);
        var denied = await browser.ConsentAsync(path, "deny");

        Assert.StartsWith("https://app.example/callback?kept=1&", allowed.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("a&b=c", allowed.Parameter("state"));
        Assert.Equal("/there", allowed.Parameter("return_to"));
        Assert.Equal("a&b=c", denied.Parameter("state"));
        Assert.Equal("access_denied", denied.Parameter("error"));
        Assert.Null(denied.Parameter("code"));
    }

    [Fact]
    public async Task A_response_type_other_than_code_is_refused_by_a_redirect()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, _) = await server.AddAppAsync();

        using var answer = await browser.GetAsync(
            OAuth.AuthorizePath(client).Replace("response_type=code", "response_type=token", StringComparison.Ordinal));

        Assert.Equal("unsupported_response_type", answer.Headers.Location!.Parameter("error"));
    }

    [Fact]
    public async Task Check_14_replacing_skips_consent_and_ends_the_old_token()
    {
        const string replace = "&replace_existing_token=true";
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, secret) = await server.AddAppAsync();
        var first = await server.GetTokenAsync(client, secret, await browser.GetCodeAsync(client, replace));
        await server.Http.PostAsync("/access_token/account_name", new FormUrlEncodedContent(
            [new("access_token", first), new("account_name", "ada@example.org")]));

        using var skipped = await browser.GetAsync(OAuth.AuthorizePath(client, replace));
        var second = await server.GetTokenAsync(client, secret, skipped.Headers.Location!.Parameter("code")!);
        var asked = await browser.OpenAsync(OAuth.AuthorizePath(client, replace + "&approval_prompt=true"));

        Assert.Equal(HttpStatusCode.Unauthorized, await server.StatusOfAsync(first));
        Assert.Equal(HttpStatusCode.OK, await server.StatusOfAsync(second));
        var providers = await server.ClientOf(second).Providers.ListAsync(default);
        Assert.Equal("ada@example.org", Assert.Single(providers, p => p.Client?.Id == client.Id.ToString()).AccountName);
        Assert.NotNull(asked.QuerySelector("button[value=allow]"));
    }

    [Fact]
    public async Task Check_15_a_scope_that_was_added_brings_consent_back()
    {
        const string replace = "&replace_existing_token=true";
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, secret) = await server.AddAppAsync();
        await server.GetTokenAsync(client, secret, await browser.GetCodeAsync(client, replace));
        await server.Get<IClientStore>().PutAsync(
            client with { Scopes = client.Scopes | Scopes.WriteDocuments }, null, default);

        var page = await browser.OpenAsync(OAuth.AuthorizePath(client, replace));

        Assert.Contains("Add and change documents", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consent_counts_for_the_scopes_that_the_page_showed()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, _) = await server.AddAppAsync();
        var page = await browser.OpenAsync(OAuth.AuthorizePath(client));
        await server.Get<IClientStore>().PutAsync(client with { Scopes = Scopes.All }, null, default);

        using var answer = await browser.SubmitAsync(page, ("decision", "allow"));

        Assert.Equal("access_denied", answer.Headers.Location!.Parameter("error"));
    }

    [Fact]
    public async Task Check_16_two_plain_grants_are_two_providers()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, secret) = await server.AddAppAsync();
        await server.GetTokenAsync(client, secret, await browser.GetCodeAsync(client));
        var token = await server.GetTokenAsync(client, secret, await browser.GetCodeAsync(client));

        var providers = await server.ClientOf(token).Providers.ListAsync(default);

        Assert.Equal(2, providers.Count(p => p.Client?.Id == client.Id.ToString()));
    }

    [Fact]
    public async Task Check_19_an_out_of_band_application_shows_the_code_on_a_page_and_in_its_title()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, secret) = await server.AddAppAsync(Core.Clients.Client.OutOfBand);

        var consent = await browser.OpenAsync(OAuth.AuthorizePath(client));
        using var answer = await browser.SubmitAsync(consent, ("decision", "allow"));
        var page = await Browser.ReadAsync(answer);
        var code = page.QuerySelector("#code")!.TextContent;

        Assert.Contains(code, page.Title, StringComparison.Ordinal);
        await server.GetTokenAsync(client, secret, code);
    }

    [Fact]
    public async Task Consent_needs_a_form_of_ours()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, _) = await server.AddAppAsync();

        using var answer = await browser.PostAsync("/oauth/authorize", new FormUrlEncodedContent(
        [
            new("client_id", client.Id.ToString()), new("redirect_uri", client.RedirectUri), new("decision", "allow"),
            new("scopes", string.Join(' ', ScopeNames.ToNames(client.Scopes))),
        ]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_signs_in_first_and_comes_back()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = new Browser(server);
        var (client, _) = await server.AddAppAsync();
        var path = OAuth.AuthorizePath(client, "&state=s");

        using var first = await browser.GetAsync(path);
        var signIn = first.Headers.Location!.OriginalString;
        using var second = await browser.SignInAsync(TestServer.AdminEmail, TestServer.AdminPassword, signIn);

        Assert.StartsWith("/sign_in?return_to=", signIn, StringComparison.Ordinal);
        Assert.Equal(path, second.Headers.Location!.OriginalString);
    }
}
