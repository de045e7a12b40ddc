using System.Net.Http.Headers;
using System.Text;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Logs;

public sealed class SecretsInLogsTests
{
    private const string Marker = "5ecre7c0de5ecre7c0de5ecre7c0de5ecre7c0de";

    /// <summary>At the chattiest level, over every way in which a secret can come.</summary>
    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task No_secret_that_a_client_sends_reaches_the_log(string format)
    {
        using var data = new TempDirectory();
        await using var child = new ServerChild(data.Path, "Log:Level=Trace", $"Log:Format={format}");
        await child.StartAsync();
        var token = await child.GetTokenAsync();

        string[] paths =
        [
            $"documents?oauth_access_token={token}", $"documents?oauth_access_token={Marker}", $"?bearer={Marker}",
            $"providers/local-directory/account?access_token={Marker}", $"providers/local-directory/init/connect?code={Marker}",
            $"providers/local-directory/init/connect?anyfetch_token={Marker}",
        ];
        foreach (var path in paths)
        {
            using var answer = await child.Http.GetAsync(path);
        }

        await SendAsync(child, "documents", new AuthenticationHeaderValue("Bearer", Marker));
        await SendAsync(child, "token", new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TestServer.AdminEmail}:{Marker}"))));
        using var form = new FormUrlEncodedContent(
        [
            new("client_id", "5252ce4ce4cfcd16f55cfc00"), new("client_secret", Marker), new("code", Marker),
            new("grant_type", "authorization_code"),
        ]);
        using var exchange = await child.Http.PostAsync("oauth/access_token", form);
        await child.StopAsync();

        var log = string.Join('\n', child.Log);
        Assert.NotEmpty(log);
        Assert.DoesNotContain(Marker, log, StringComparison.Ordinal);
        Assert.DoesNotContain(token, log, StringComparison.Ordinal);
        Assert.DoesNotContain(TestServer.AdminPassword, log, StringComparison.Ordinal);
    }

    private static async Task SendAsync(ServerChild child, string path, AuthenticationHeaderValue authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = authorization;
        using var response = await child.Http.SendAsync(request);
    }
}
