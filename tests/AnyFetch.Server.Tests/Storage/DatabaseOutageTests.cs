using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AnyFetch.Client;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Storage;

/// <summary>A server whose PostgreSQL crashes under load and comes back.</summary>
public sealed class DatabaseOutageTests : IAsyncLifetime
{
    private const int Writers = 16;

    /// <summary>As many requests as would wait for each other for minutes if each tried by itself.</summary>
    private const int RequestsWhileAway = 256;

    /// <summary>A client's patience: whoever had to wait for all others would run out of it.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly TempDirectory _files = new();
    private readonly ConcurrentBag<string> _acknowledged = [];
    private PostgreSqlServer _database = null!;
    private TestServer _server = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _database = await PostgreSqlServer.OwnAsync();
        _server = await TestServer.StartAsync(
            ("Store:Type", "PostgreSql"), ("Store:ConnectionString", await _database.CreateDatabaseAsync()),
            ("Store:DataDirectory", _files.Path), ("Store:PollSeconds", "1"), ("Log:Level", "Critical"));
        var (_, secret) = await _server.AddTokenAsync(scopes: Scopes.All);
        _http = _server.NewHttp();
        _http.Timeout = s_patience;
        _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + secret);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        _database.Remove();
        _files.Dispose();
    }

    [Fact]
    public async Task Every_request_gets_503_while_the_database_is_away_and_nothing_acknowledged_is_lost()
    {
        using var load = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers).Select(writer => WriteAsync(writer, load.Token)).ToList();
        await Eventually.TrueAsync(() => _acknowledged.Count > 200, TimeSpan.FromSeconds(120), "documents are written");
        await _database.CrashAsync();
        await load.CancelAsync();
        await Task.WhenAll(writers);

        var requests = Enumerable.Range(0, RequestsWhileAway).Select(n => n % 4 == 0
            ? SendAsync(HttpMethod.Get, "user", null)
            : SendAsync(HttpMethod.Post, "documents", $"away-{n}"));
        foreach (var (status, code) in await Task.WhenAll(requests))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "ServiceUnavailable"), (status, code));
        }

        await _database.StartAgainAsync();
        await Eventually.TrueAsync(
            async () => (await SendAsync(HttpMethod.Post, "documents", "back")).Status == HttpStatusCode.OK,
            s_patience,
            "the server writes again");
        foreach (var identifier in _acknowledged)
        {
            var (status, _) = await SendAsync(HttpMethod.Get, $"documents/identifier/{identifier}/raw", null);
            Assert.True(status == HttpStatusCode.OK, $"{identifier} is lost: {status}");
        }

        var stored = (await _server.Admin.Companies.GetCurrentAsync(default)).DocumentCount;
        await TestServer.WaitForCountAsync(_server.Admin, new DocumentSearch(), (int)stored);
    }

    /// <summary>Until the database is away every request succeeds, and is then refused like all others.</summary>
    private async Task WriteAsync(int writer, CancellationToken stop)
    {
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            var identifier = string.Create(CultureInfo.InvariantCulture, $"w{writer}-{n}");
            var (status, code) = await SendAsync(HttpMethod.Post, "documents", identifier);
            if (status == HttpStatusCode.OK)
            {
                _acknowledged.Add(identifier);
            }
            else
            {
                Assert.Equal((HttpStatusCode.ServiceUnavailable, "ServiceUnavailable"), (status, code));
            }
        }
    }

    private async Task<(HttpStatusCode Status, string? Code)> SendAsync(HttpMethod method, string path, string? identifier)
    {
        using var request = new HttpRequestMessage(method, path);
        if (identifier is not null)
        {
            request.Content = new StringContent($$"""{"identifier":"{{identifier}}"}""", Encoding.UTF8, "application/json");
        }

        using var response = await _http.SendAsync(request);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var code = json.RootElement.TryGetProperty("code", out var text) ? text.GetString() : null;
        return (response.StatusCode, code);
    }
}
