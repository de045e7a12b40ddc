using AnyFetch.Server;
using AnyFetch.Testing;
using Microsoft.AspNetCore.Builder;

namespace AnyFetch.Conformance.Tests.Targets;

/// <summary>
/// The servers that the suite runs against: the one that <c>ANYFETCH_CONFORMANCE_URL</c>, <c>_EMAIL</c> and
/// <c>_PASSWORD</c> name, or else one on SQLite and one on PostgreSQL that are started here.
/// </summary>
public sealed class TargetServers : IAsyncLifetime
{
    public const string Collection = "Targets";

    private const string Given = "given";
    private const string Sqlite = "SQLite";
    private const string PostgreSql = "PostgreSQL";

    private readonly Dictionary<string, Target> _targets = [];
    private readonly List<WebApplication> _servers = [];
    private readonly List<TempDirectory> _data = [];

    /// <summary>The names of the targets of this run.</summary>
    public static IReadOnlyList<string> Names { get; } =
        Variable("URL") is null ? [Sqlite, PostgreSql] : [Given];

    public Target this[string name] => _targets[name];

    public async Task InitializeAsync()
    {
        if (Variable("URL") is { } url)
        {
            _targets[Given] = new Target(
                new Uri(url.TrimEnd('/') + "/"),
                Variable("EMAIL") ?? throw new InvalidOperationException("ANYFETCH_CONFORMANCE_EMAIL is not set."),
                Variable("PASSWORD") ?? throw new InvalidOperationException("ANYFETCH_CONFORMANCE_PASSWORD is not set."));
            return;
        }

        await StartAsync(Sqlite, null);
        var server = await PostgreSqlServer.SharedAsync();
        await StartAsync(PostgreSql, await server.CreateDatabaseAsync());
    }

    public async Task DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.StopAsync();
            await server.DisposeAsync();
        }

        foreach (var data in _data)
        {
            data.Dispose();
        }
    }

    /// <summary>A setting of the run, or null.</summary>
    public static string? Variable(string name) =>
        Environment.GetEnvironmentVariable("ANYFETCH_CONFORMANCE_" + name) is { Length: > 0 } value ? value : null;

    private async Task StartAsync(string name, string? connectionString)
    {
        var data = new TempDirectory();
        _data.Add(data);
        var settings = new Dictionary<string, string?>
        {
            ["Data"] = data.Path,
            ["Urls"] = "http://127.0.0.1:0",
            ["Admin:Email"] = "admin@example.org",
            ["Admin:Password"] = "correct horse",
            ["Log:Level"] = "Warning",
        };
        if (connectionString is not null)
        {
            settings["Store:Type"] = "PostgreSql";
            settings["Store:ConnectionString"] = connectionString;
        }

        var app = AnyFetchServer.Build(new ServerSettings { Overrides = settings, UsesEnvironment = false });
        _servers.Add(app);
        await app.StartAsync();
        _targets[name] = new Target(AnyFetchServer.LocalUrlOf(app), "admin@example.org", "correct horse");
    }
}

/// <summary>All tests share the servers; each makes a company of its own.</summary>
[CollectionDefinition(TargetServers.Collection)]
public sealed class TargetCollection : ICollectionFixture<TargetServers>;
