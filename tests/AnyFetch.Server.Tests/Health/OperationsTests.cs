using System.Net;
using System.Text.Json;
using AnyFetch.Client;
using AnyFetch.Server.Operator;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Health;

public sealed class OperationsTests
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_is_told_to_anybody_who_asks(string path)
    {
        await using var server = await TestServer.StartAsync();

        // The store has seconds to answer; who asks for health asks again.
        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await server.Http.GetAsync(path);
                using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
                return response.StatusCode == HttpStatusCode.OK && json.RootElement.GetProperty("status").GetString() == "ok";
            },
            what: $"{path} says that all is well");
    }

    [Fact]
    public async Task Metrics_count_requests_by_route_and_show_queues_and_the_process()
    {
        await using var server = await TestServer.StartAsync();
        using var missing = await server.Http.GetAsync("/documents/5252ce4ce4cfcd16f55cfa3a");
        await server.Admin.Companies.GetCurrentAsync(default);

        // A request is counted when it has ended, which is after its answer.
        string[] expected =
        [
            "http_server_request_duration_seconds_count{", "http_route=\"/company\"", "http_response_status_code=\"401\"",
            "anyfetch_feed_end ", "dotnet_process_memory_working_set_bytes ",
        ];
        await Eventually.TrueAsync(
            async () =>
            {
                var text = await server.Http.GetStringAsync("/metrics");
                return expected.All(part => text.Contains(part, StringComparison.Ordinal));
            },
            what: "all of this is told: " + string.Join(", ", expected));
    }

    [Theory]
    [InlineData("/operator/status", null)]
    [InlineData("/operator/status", "Operator 0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("/operator/users", "Bearer x")]
    public async Task The_operators_paths_do_not_exist_for_others(string path, string? authorization)
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var response = await server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Whoever_can_read_the_data_directory_can_operate_the_server()
    {
        await using var server = await TestServer.StartAsync();
        var key = OperatorKey.TryRead(server.Data);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/operator/users");
        request.Headers.TryAddWithoutValidation("Authorization", $"Operator {key}");

        using var response = await server.Http.SendAsync(request);

        Assert.Contains(TestServer.AdminEmail, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(OperatorKey.PathIn(server.Data)));
    }

    [Fact]
    public async Task An_empty_store_gets_the_administrator_that_was_configured()
    {
        await using var server = await TestServer.StartAsync();

        var user = await server.ClientOf(TestServer.AdminEmail, TestServer.AdminPassword).Users.GetCurrentAsync(default);
        var company = await server.Admin.Companies.GetCurrentAsync(default);

        Assert.True(user.IsAdmin);
        Assert.Equal(TestServer.AdminEmail, company.Name);
        Assert.Contains(company.Hydraters, h => h.EndsWith("/hydraters/plaintext/hydrate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_start_makes_no_second_administrator_and_keeps_what_there_is()
    {
        using var data = new Testing.TempDirectory();
        await using var child = new ServerChild(data.Path);
        await child.StartAsync();
        var token = await child.GetTokenAsync();
        Assert.Equal(0, await child.StopAsync());
        await child.StartAsync();

        var index = await new AnyFetchClient(child.Http, child.Url, AnyFetchCredentials.Bearer(token)).GetIndexAsync(default);

        Assert.Equal(TestServer.AdminEmail, index.UserEmail);
        Assert.Equal(token, await child.GetTokenAsync());
    }
}
