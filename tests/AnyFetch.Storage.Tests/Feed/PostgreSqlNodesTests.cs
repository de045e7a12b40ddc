using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Queue;
using AnyFetch.Storage.Tests.Stores;
using AnyFetch.Testing;
using Npgsql;

namespace AnyFetch.Storage.Tests.Feed;

public sealed class PostgreSqlNodesTests(PostgreSqlFixture fixture) : IClassFixture<PostgreSqlFixture>
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(50);

    [Fact]
    public async Task A_transaction_that_commits_late_is_waited_for_and_not_skipped()
    {
        await using var node = fixture.NewNode();
        var (company, provider) = (StoreHost.NewCompany(), StoreHost.NewProvider());
        var feed = node.Get<IChangeFeed>();
        var late = await node.PutAsync(StoreHost.NewDocument(company, provider, "late"));
        await Eventually.TrueAsync(async () => (await ReadAsync(feed, FeedPosition.Start, company)).Count == 1);
        var start = await feed.GetEndAsync(CancellationToken.None);
        await using var connection = new NpgsqlConnection(fixture.ConnectionString);
        await connection.OpenAsync();
        await using var open = await connection.BeginTransactionAsync();
        await MoveAsync(connection, late.Id);
        var quick = await node.PutAsync(StoreHost.NewDocument(company, provider, "quick"));

        Assert.Empty(await ReadAsync(feed, start, company));
        Assert.Equal(start, await feed.GetEndAsync(CancellationToken.None));
        await open.CommitAsync();

        IReadOnlyList<FeedEntry> entries = [];
        await Eventually.TrueAsync(async () => (entries = await ReadAsync(feed, start, company)).Count == 2);
        Assert.Equal([late.Id, quick.Id], entries.Select(entry => entry.Id));
    }

    [Fact]
    public async Task A_reader_beside_several_nodes_and_open_transactions_misses_nothing()
    {
        await using var reader = fixture.NewNode();
        await using var one = fixture.NewNode();
        await using var two = fixture.NewNode();
        var (company, provider) = (StoreHost.NewCompany(), StoreHost.NewProvider());
        using var stop = new CancellationTokenSource();
        var holding = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => HoldTransactionsAsync(stop.Token)));
        var writing = Task.WhenAll(
            from node in (StoreHost[])[one, two]
            from writer in Enumerable.Range(0, 4)
            select Task.Run(async () =>
            {
                for (var number = 0; number < 50; number++)
                {
                    // Both nodes write the same identifiers, so they also meet in the same rows.
                    await node.PutAsync(StoreHost.NewDocument(company, provider, $"{writer}/{number}"));
                }
            }));
        var seen = new Dictionary<DocumentId, FeedPosition>();
        var (position, isLast) = (FeedPosition.Start, false);
        while (!isLast)
        {
            isLast = writing.IsCompleted;
            if (isLast)
            {
                await stop.CancelAsync();
                var feed = reader.Get<IChangeFeed>();
                await Eventually.TrueAsync(async () => (await ReadAsync(feed, FeedPosition.Start, company)).Count >= 200);
            }

            foreach (var entry in await reader.Get<IChangeFeed>().ReadAsync(position, 7, null, CancellationToken.None))
            {
                Assert.True(entry.Position > position);
                seen[entry.Id] = position = entry.Position;
                isLast = false;
            }
        }

        await Task.WhenAll(writing, holding);
        var all = await ReadAsync(reader.Get<IChangeFeed>(), FeedPosition.Start, company);
        Assert.Equal(200, all.Count);
        Assert.All(all, entry => Assert.Equal(entry.Position, seen[entry.Id]));
    }

    [Fact]
    public async Task A_node_is_woken_by_the_commits_of_another()
    {
        await using var waiter = fixture.NewNode(pollSeconds: 60);
        await using var writer = fixture.NewNode();
        var company = StoreHost.NewCompany();
        var feed = waiter.Get<IChangeFeed>();
        var queue = waiter.Get<IWorkQueue>();
        await writer.PutAsync(StoreHost.NewDocument(company, StoreHost.NewProvider(), "first"));
        var job = new NewJob(new JobKey("woken", company, "a"), "{}");
        // The listening connection comes up beside the store, so notices before it are made up for.
        await Eventually.TrueAsync(async () => (await ReadAsync(feed, FeedPosition.Start, company)).Count == 1);
        var end = await feed.GetEndAsync(CancellationToken.None);
        var waiting = feed.WaitAsync(end, CancellationToken.None).AsTask();
        var working = queue.WaitAsync("woken", CancellationToken.None).AsTask();
        await writer.PutAsync(StoreHost.NewDocument(company, StoreHost.NewProvider(), "second"));
        await writer.Get<IWorkQueue>().AddAsync([job], CancellationToken.None);
        await waiting.WaitAsync(s_deadline);
        await working.WaitAsync(s_deadline);
    }

    [Fact]
    public async Task Two_nodes_never_hold_the_same_job()
    {
        await using var one = fixture.NewNode();
        await using var two = fixture.NewNode();
        var company = StoreHost.NewCompany();
        await one.Get<IWorkQueue>().AddAsync(
            [.. Enumerable.Range(0, 300).Select(number => new NewJob(new JobKey("shared", company, $"{number}"), "{}"))],
            CancellationToken.None);
        var taken = await Task.WhenAll(((StoreHost[])[one, two, one, two]).Select(node => Task.Run(() => TakeAllAsync(node))));
        Assert.Equal(300, taken.Sum(names => names.Count));
        Assert.Equal(300, taken.SelectMany(names => names).Distinct().Count());
    }

    private static async Task<IReadOnlyList<FeedEntry>> ReadAsync(IChangeFeed feed, FeedPosition after, CompanyId company) =>
        await feed.ReadAsync(after, 1_000, company, CancellationToken.None);

    private static async Task<List<string>> TakeAllAsync(StoreHost node)
    {
        var names = new List<string>();
        // A round may come out empty because the other node holds the rows at this moment, so an empty one is repeated.
        for (var empty = 0; empty < 3;)
        {
            var jobs = await node.Get<IWorkQueue>().LeaseAsync("shared", 10, TimeSpan.FromMinutes(5), CancellationToken.None);
            names.AddRange(jobs.Select(job => job.Key.Name));
            empty = jobs.Count == 0 ? empty + 1 : 0;
        }

        return names;
    }

    private async Task HoldTransactionsAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await using var connection = new NpgsqlConnection(fixture.ConnectionString);
            await connection.OpenAsync(CancellationToken.None);
            await using var open = await connection.BeginTransactionAsync(CancellationToken.None);
            await using var take = new NpgsqlCommand("SELECT pg_current_xact_id()", connection);
            await take.ExecuteScalarAsync(CancellationToken.None);
            await Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System, CancellationToken.None);
            await open.CommitAsync(CancellationToken.None);
        }
    }

    private static async Task MoveAsync(NpgsqlConnection connection, DocumentId id)
    {
        await using var move = new NpgsqlCommand(
            "UPDATE documents SET feed_transaction = pg_current_xact_id()::text::bigint, feed_sequence = 1 WHERE id = $1",
            connection);
        move.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = id.Value.ToByteArray() });
        Assert.Equal(1, await move.ExecuteNonQueryAsync());
    }
}
