using System.ComponentModel.DataAnnotations;
using AnyFetch.Core.Feed;
using AnyFetch.Sqlite;
using AnyFetch.Storage.Migrations;
using AnyFetch.Testing;
using Npgsql;

namespace AnyFetch.Storage.Tests.Stores;

public sealed class MigrationTests(PostgreSqlFixture fixture) : IClassFixture<PostgreSqlFixture>
{
    private const string Future = "INSERT INTO schema_version VALUES (9999, 'future', '')";

    [Fact]
    public async Task A_store_is_opened_again_with_what_it_holds_and_its_positions_go_on()
    {
        using var directory = new TempDirectory();
        var options = new StorageOptions { DataDirectory = directory.Path };
        var (company, provider) = (StoreHost.NewCompany(), StoreHost.NewProvider());
        FeedPosition end;
        string name;
        await using (var first = new StoreHost(options))
        {
            await first.PutAsync(StoreHost.NewDocument(company, provider, "1"));
            await first.DeleteAsync(await first.PutAsync(StoreHost.NewDocument(company, provider, "2")));
            end = await first.Get<IChangeFeed>().GetEndAsync(CancellationToken.None);
            name = await first.Get<IChangeFeed>().GetNameAsync(CancellationToken.None);
        }

        await using var second = new StoreHost(options);
        var document = await second.PutAsync(StoreHost.NewDocument(company, provider, "3"));
        var feed = second.Get<IChangeFeed>();
        Assert.Equal(name, await feed.GetNameAsync(CancellationToken.None));
        Assert.Equal(document.Id, Assert.Single(await feed.ReadAsync(end, 10, null, CancellationToken.None)).Id);
    }

    [Fact]
    public async Task A_newer_schema_is_refused_on_both_databases()
    {
        using var directory = new TempDirectory();
        var options = new StorageOptions { DataDirectory = directory.Path };
        await using (var host = new StoreHost(options))
        {
            host.Get<IChangeFeed>();
        }

        using (var sqlite = SqliteConnection.Open(new SqliteOpenOptions { Path = directory.File("anyfetch.db") }))
        {
            sqlite.ExecuteScript(Future);
        }

        await using var again = new StoreHost(options);
        Assert.Contains("9999", Assert.Throws<SchemaException>(again.Get<IChangeFeed>).Message, StringComparison.Ordinal);

        await using (var node = fixture.NewNode())
        {
            node.Get<IChangeFeed>();
        }

        await ExecuteAsync(Future);
        await using var newer = fixture.NewNode();
        Assert.Throws<SchemaException>(newer.Get<IChangeFeed>);
        await ExecuteAsync("DELETE FROM schema_version WHERE version = 9999");
    }

    [Fact]
    public async Task Nodes_that_start_together_make_one_schema()
    {
        var database = await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync();
        using var directory = new TempDirectory();
        var options = new StorageOptions
        {
            Type = StorageType.PostgreSql, ConnectionString = database, DataDirectory = directory.Path,
        };
        var names = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var node = new StoreHost(options);
            return await node.Get<IChangeFeed>().GetNameAsync(CancellationToken.None);
        })));
        Assert.Single(names.Distinct());
    }

    [Fact]
    public async Task A_store_that_was_restored_into_another_cluster_is_numbered_anew()
    {
        var (company, provider) = (StoreHost.NewCompany(), StoreHost.NewProvider());
        string name;
        await using (var node = fixture.NewNode())
        {
            for (var number = 0; number < 5; number++)
            {
                await node.PutAsync(StoreHost.NewDocument(company, provider, $"{number}"));
            }

            name = await node.Get<IChangeFeed>().GetNameAsync(CancellationToken.None);
        }

        // As a dump from a cluster that has seen more transactions leaves it.
        await ExecuteAsync("UPDATE documents SET feed_transaction = feed_transaction + 1000000000");
        await ExecuteAsync("UPDATE feed SET cluster = 'another'");
        await using var restored = fixture.NewNode();
        var feed = restored.Get<IChangeFeed>();
        Assert.NotEqual(name, await feed.GetNameAsync(CancellationToken.None));
        var entries = await restored.ReadFeedAsync(company, 5);
        Assert.Equal(["0", "1", "2", "3", "4"], entries.Select(entry => entry.Document!.Identifier.Value));
    }

    [Fact]
    public void Wrong_options_are_all_told_with_their_keys()
    {
        var options = new StorageOptions { Type = StorageType.PostgreSql, ReadersMax = 0, PageBytes = 5_000 };
        var message = Assert.Throws<ValidationException>(options.Validate).Message;
        Assert.Contains("Store:ReadersMax", message, StringComparison.Ordinal);
        Assert.Contains("Store:PageBytes", message, StringComparison.Ordinal);
        Assert.Contains("Store:ConnectionString", message, StringComparison.Ordinal);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(fixture.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
