using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.Manager;

public sealed class AccountNameTests
{
    [Fact]
    public async Task Check_17_a_posted_account_name_is_shown()
    {
        await using var server = await TestServer.StartAsync();
        var (_, secret) = await server.AddTokenAsync(scopes: Scopes.ReadTokens);

        var named = await PostAsync(server, new { access_token = secret, account_name = "ada@example.org" });
        var provider = Assert.Single(await server.ClientOf(secret).Providers.ListAsync(default), p => p.Current == true);

        Assert.Equal(204, named.Status);
        Assert.Equal("ada@example.org", provider.AccountName);
        Assert.Equal((409, "MissingParameter"), await PostAsync(server, new { access_token = secret }));
        Assert.Equal((409, "MissingParameter"), await PostAsync(server, new { account_name = "a" }));
        Assert.Equal((401, "InvalidCredentials"), await PostAsync(server, new { access_token = "bogus", account_name = "a" }));
        Assert.Equal((401, "ForbiddenScheme"), await PostAsync(server, new { access_token = server.AdminToken, account_name = "a" }));
        Assert.Equal((409, "InvalidArgument"), await PostAsync(server, new { access_token = secret, account_name = new string('a', 300) }));
    }

    [Fact]
    public async Task Check_20_a_dead_grant_asks_for_a_reconnect_and_the_account_name_clears_it()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await Browser.SignedInAsync(server);
        var (token, secret) = await server.AddTokenAsync(scopes: Scopes.ReadTokens);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/token/refresh");
        request.Headers.Authorization = new("Bearer", secret);
        using var refreshed = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, refreshed.StatusCode);
        Assert.True(Assert.Single(await server.ClientOf(secret).Providers.ListAsync(default), p => p.Current == true).RequireRefresh == true);

        var sources = await browser.OpenAsync("/manager");
        using var reconnect = await browser.SubmitAsync(sources, $"form[action$='{token.Id}/reconnect']");
        await PostAsync(server, new { access_token = secret, account_name = "a" });

        Assert.Contains("has ended", sources.Body!.TextContent, StringComparison.Ordinal);
        var address = await Browser.LeaveAsync(reconnect);
        Assert.Equal("/init/connect", address.AbsolutePath);
        Assert.Equal(secret, address.Parameter("anyfetch_token"));
        Assert.Equal(new Uri(server.Url, "connect").AbsoluteUri, address.Parameter("return_to"));
        Assert.False(Assert.Single(await server.ClientOf(secret).Providers.ListAsync(default), p => p.Current == true).RequireRefresh == true);
    }

    private static async Task<(int Status, string? Code)> PostAsync(TestServer server, object body)
    {
        using var answer = await server.Http.PostAsJsonAsync("/access_token/account_name", body);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0
            ? null
            : JsonDocument.Parse(text).RootElement.GetProperty("code").GetString());
    }
}
