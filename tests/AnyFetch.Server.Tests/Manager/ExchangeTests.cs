using System.Net;
using System.Net.Http.Json;
using System.Text;
using AnyFetch.Core.Clients;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Tests.Manager;

/// <summary>The conformance checks of auth-and-tenancy that concern the exchange, by their numbers.</summary>
public sealed class ExchangeTests
{
    // The example of RFC 7636, appendix B.
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    [Fact]
    public async Task Check_9_an_expired_code_is_an_invalid_grant()
    {
        var clock = new ShiftedTimeProvider();
        await using var server = await TestServer.StartAsync(s => s.AddSingleton<TimeProvider>(clock));
        using var browser = await Browser.SignedInAsync(server);
        var (client, secret) = await server.AddAppAsync();
        var late = await browser.GetCodeAsync(client);
        clock.Advance(TimeSpan.FromMinutes(AuthorizationCode.LifeMinutes) - TimeSpan.FromMinutes(1));
        var early = await browser.GetCodeAsync(client);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("invalid_grant", (await server.ExchangeAsync(client, secret, late)).Body.GetProperty("error").GetString());
        Assert.Equal(HttpStatusCode.OK, (await server.ExchangeAsync(client, secret, early)).Status);
    }

    [Fact]
    public async Task Check_10_another_redirect_uri_at_the_exchange_is_an_invalid_grant()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, secret) = await server.AddAppAsync();
        var code = await browser.GetCodeAsync(client);

        var wrong = await server.ExchangeAsync(client, secret, code, ("redirect_uri", "https://app.example/other"));
        var right = await server.ExchangeAsync(client, secret, code, ("redirect_uri", client.RedirectUri));

        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal("invalid_grant", wrong.Body.GetProperty("error").GetString());
        Assert.Equal(HttpStatusCode.OK, right.Status);
    }

    [Fact]
    public async Task Check_11_what_is_missing_or_wrong_is_told_in_both_styles()
    {
        await using var server = await TestServer.StartAsync();
        var (client, secret) = await server.AddAppAsync();
        var id = client.Id.ToString();
        const string grant = "authorization_code";
        (int Status, string Error, string Code, (string, string)[] Fields)[] cases =
        [
            (409, "invalid_request", "InvalidArgument", [("grant_type", grant), ("client_id", id), ("code", "c")]),
            (409, "invalid_request", "InvalidArgument", [("grant_type", grant), ("client_secret", secret), ("code", "c")]),
            (409, "invalid_request", "InvalidArgument", [("grant_type", grant), ("client_id", id), ("client_secret", secret)]),
            (409, "invalid_request", "InvalidArgument", [("client_id", id), ("client_secret", secret), ("code", "c")]),
            (409, "unsupported_grant_type", "InvalidArgument", [("grant_type", "password"), ("client_id", id), ("client_secret", secret), ("code", "c")]),
            (401, "invalid_client", "InvalidCredentials", [("grant_type", grant), ("client_id", id), ("client_secret", "x"), ("code", "c")]),
            (401, "invalid_client", "InvalidCredentials", [("grant_type", grant), ("client_id", "zzz"), ("client_secret", secret), ("code", "c")]),
            (400, "invalid_grant", "InvalidArgument", [("grant_type", grant), ("client_id", id), ("client_secret", secret), ("code", "c")]),
        ];
        foreach (var (expected, error, code, fields) in cases)
        {
            var (status, body, _) = await server.ExchangeAsync(fields);
            Assert.Equal(expected, (int)status);
            Assert.Equal(error, body.GetProperty("error").GetString());
            Assert.Equal(code, body.GetProperty("code").GetString());
            Assert.NotEmpty(body.GetProperty("error_description").GetString()!);
            Assert.NotEmpty(body.GetProperty("message").GetString()!);
        }
    }

    [Theory]
    [InlineData("/oauth/access_token")]
    [InlineData("/access_token")]
    [InlineData("/oauth/access_token/")]
    public async Task Check_12_the_reply_has_exactly_two_members_and_is_not_stored(string path)
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, secret) = await server.AddAppAsync();
        var body = new
        {
            client_id = client.Id.ToString(),
            client_secret = secret,
            code = await browser.GetCodeAsync(client),
            grant_type = "authorization_code",
        };

        using var answer = await server.Http.PostAsJsonAsync(path, body);
        var reply = await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>();

        Assert.Equal(["access_token", "token_type"], reply!.Keys.Order());
        Assert.Equal("bearer", reply["token_type"]);
        Assert.Matches("^[0-9a-f]{40}$", reply["access_token"]);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task A_code_of_another_client_is_an_invalid_grant_and_stays_good()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, secret) = await server.AddAppAsync();
        var (other, otherSecret) = await server.AddAppAsync();
        var code = await browser.GetCodeAsync(client);

        Assert.Equal(HttpStatusCode.BadRequest, (await server.ExchangeAsync(other, otherSecret, code)).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.ExchangeAsync(client, secret, code)).Status);
    }

    [Fact]
    public async Task A_public_client_proves_itself_with_PKCE_instead_of_a_secret()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (client, _) = await server.AddAppAsync("com.example.app:/callback", isPublic: true);
        var pkce = $"&code_challenge={Challenge}&code_challenge_method=S256";

        using var without = await browser.GetAsync(OAuth.AuthorizePath(client));
        var code = await browser.GetCodeAsync(client, pkce);
        (string, string)[] fields =
            [("grant_type", "authorization_code"), ("client_id", client.Id.ToString()), ("code", code)];
        var missing = await server.ExchangeAsync(fields);
        var wrong = await server.ExchangeAsync([.. fields, ("code_verifier", Verifier[..^1] + "a")]);
        var right = await server.ExchangeAsync([.. fields, ("code_verifier", Verifier)]);

        Assert.Equal("invalid_request", without.Headers.Location!.Parameter("error"));
        Assert.Equal(HttpStatusCode.Conflict, missing.Status);
        Assert.Equal("invalid_grant", wrong.Body.GetProperty("error").GetString());
        Assert.Equal(HttpStatusCode.OK, right.Status);
    }

    [Theory]
    [InlineData("application/json", "{")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", "{\"code\":{}}")]
    [InlineData("application/json", "{\"code\":\"\\ud800\"}")]
    [InlineData("text/plain", "\0\0\0")]
    public async Task A_body_that_cannot_be_read_is_an_error_and_no_crash(string type, string text)
    {
        await using var server = await TestServer.StartAsync();

        using var answer = await server.Http.PostAsync("/oauth/access_token", new StringContent(text, Encoding.UTF8, type));

        Assert.InRange((int)answer.StatusCode, 400, 409);
    }

    [Fact]
    public async Task A_body_above_the_limit_is_refused()
    {
        await using var server = await TestServer.StartAsync();

        using var answer = await server.Http.PostAsync("/oauth/access_token", new StringContent(new string('a', 1_000_000)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }
}
