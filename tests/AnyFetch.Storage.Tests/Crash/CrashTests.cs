using System.Diagnostics;
using System.Globalization;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Pages;
using AnyFetch.Core.Queue;
using AnyFetch.Storage.Tests.Stores;
using AnyFetch.Testing;
using Npgsql;

namespace AnyFetch.Storage.Tests.Crash;

public sealed class CrashTests(PostgreSqlFixture fixture) : IClassFixture<PostgreSqlFixture>, IDisposable
{
    // The application that a node's connections name to the server.
    private const string NodeName = "anyfetch";

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public Task Killed_at_any_moment_SQLite_keeps_what_it_acknowledged_and_nothing_half_done() =>
        KillAgainAndAgainAsync(new StorageOptions { DataDirectory = _directory.Path }, kills: 8);

    [Fact]
    public Task Killed_at_any_moment_a_node_of_PostgreSQL_leaves_what_was_acknowledged_and_nothing_half_done() =>
        KillAgainAndAgainAsync(new StorageOptions
        {
            Type = StorageType.PostgreSql,
            ConnectionString = fixture.ConnectionString,
            DataDirectory = _directory.Path,
        }, kills: 3);

    private static async Task KillAgainAndAgainAsync(StorageOptions options, int kills)
    {
        var acknowledged = new Dictionary<string, int>(StringComparer.Ordinal);
        var end = FeedPosition.Start;
        for (var kill = 0; kill < kills; kill++)
        {
            await WriteUntilKilledAsync(options, lines: 150 + (kill * 321), killsItself: kill % 3 != 0, acknowledged);
            if (options.ConnectionString is { } connectionString)
            {
                await NothingIsUnderWayAsync(connectionString);
            }

            await using var host = new StoreHost(options);
            end = await CheckAsync(host, acknowledged, end);
        }
    }

    private static async Task WriteUntilKilledAsync(
        StorageOptions options,
        int lines,
        bool killsItself,
        Dictionary<string, int> acknowledged)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(CrashTests).Assembly.Location);
        start.ArgumentList.Add(options.DataDirectory);
        start.ArgumentList.Add((killsItself ? lines : 0).ToString(CultureInfo.InvariantCulture));
        if (options.ConnectionString is { } connectionString)
        {
            start.ArgumentList.Add(connectionString);
        }

        using var process = Process.Start(start)!;
        var read = 0;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.EndsWith('.'))
            {
                var space = line.IndexOf(' ', StringComparison.Ordinal);
                acknowledged[line[..space]] = int.Parse(line.AsSpan(space + 1, line.Length - space - 2), CultureInfo.InvariantCulture);
            }

            if (++read == lines && !killsItself)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        Assert.True(read >= lines - 16, "The writer ended by itself.");
    }

    // The server may still be at what the killed process asked for last; it ends when it finds nobody there to answer to.
    private static Task NothingIsUnderWayAsync(string connectionString) => Eventually.TrueAsync(async () =>
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var count = new NpgsqlCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1", connection);
        count.Parameters.Add(new NpgsqlParameter { Value = NodeName });
        return await count.ExecuteScalarAsync() is 0L;
    });

    private static async Task<FeedPosition> CheckAsync(
        StoreHost host,
        Dictionary<string, int> acknowledged,
        FeedPosition endBefore)
    {
        var documents = host.Get<IDocumentStore>();
        var changes = 0;
        foreach (var (identifier, count) in acknowledged)
        {
            var document = await documents.FindAsync(CrashingWriter.Key(identifier), CancellationToken.None);
            Assert.NotNull(document);
            // The last change may have been durable without its acknowledgement having left the process.
            Assert.InRange(CrashingWriter.CountOf(document), count, count + 1);
        }

        await CheckPagesAsync(host);
        var entries = await host.ReadFeedAsync(CrashingWriter.Company, acknowledged.Count);
        Assert.Equal(entries.Count, entries.Select(entry => entry.Id).Distinct().Count());
        Assert.True(entries[^1].Position > endBefore);
        foreach (var entry in entries)
        {
            changes += CrashingWriter.CountOf(entry.Document!);
        }

        var counts = Assert.Single(await host.Get<IWorkQueue>().CountAsync(CancellationToken.None));
        Assert.Equal(changes, counts.Waiting);
        return entries[^1].Position;
    }

    // Whole pages only: all documents of a page, its checkpoint and its receipt are of the same age.
    private static async Task CheckPagesAsync(StoreHost host)
    {
        var state = await host.Get<IPageStore>()
            .FindStateAsync(CrashingWriter.Company, CrashingWriter.Provider, CancellationToken.None);
        Assert.Equal(state.Pages == 0 ? null : $"{state.Pages}", state.Checkpoint);
        for (var n = 0; n < CrashingWriter.PageDocuments && state.Pages > 0; n++)
        {
            var document = await host.Get<IDocumentStore>()
                .FindAsync(CrashingWriter.Key(CrashingWriter.PageIdentifier(n)), CancellationToken.None);
            Assert.Equal(state.Pages, CrashingWriter.CountOf(document!));
        }
    }
}
