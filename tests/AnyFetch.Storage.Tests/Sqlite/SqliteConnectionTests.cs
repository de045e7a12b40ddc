using AnyFetch.Sqlite;
using AnyFetch.Testing;
using Dapper;

namespace AnyFetch.Storage.Tests.Sqlite;

public sealed class SqliteConnectionTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    private SqliteConnection Open(bool readOnly = false, int busyTimeoutMilliseconds = 50) => SqliteConnection.Open(new SqliteOpenOptions
    {
        Path = directory.File("test.db"), ReadOnly = readOnly, BusyTimeoutMilliseconds = busyTimeoutMilliseconds,
    });

    private SqliteConnection OpenWithTable(int busyTimeoutMilliseconds = 50)
    {
        var connection = Open(busyTimeoutMilliseconds: busyTimeoutMilliseconds);
        connection.ExecuteScript("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, body BLOB, size REAL) STRICT");
        return connection;
    }

    [Fact]
    public void Dapper_writes_and_reads_every_kind_of_value()
    {
        using var connection = OpenWithTable();
        connection.Execute(
            "INSERT INTO item VALUES (@id, @name, @body, @size)",
            new { id = 7, name = "Zoë ✓", body = new byte[] { 1, 0, 2 }, size = 1.5 });
        connection.Execute("INSERT INTO item VALUES (@id, @name, NULL, NULL)", new { id = 8L, name = (string?)null });

        var rows = connection.Query<Item>("SELECT id, name, body, size FROM item ORDER BY id").AsList();

        Assert.Equal(7, rows[0].Id);
        Assert.Equal("Zoë ✓", rows[0].Name);
        Assert.Equal([1, 0, 2], rows[0].Body!);
        Assert.Equal(1.5, rows[0].Size);
        Assert.Equal((8, null, null, null), (rows[1].Id, rows[1].Name, rows[1].Body, rows[1].Size));
    }

    [Fact]
    public void Dapper_expands_lists_and_runs_several_statements_of_one_command()
    {
        using var connection = OpenWithTable();
        var changed = connection.Execute(
            "INSERT INTO item (id) VALUES (1), (2), (3); CREATE TABLE other (x INTEGER); DELETE FROM item WHERE id = 2");

        Assert.Equal(4, changed);
        Assert.Equal([1L, 3L], connection.Query<long>("SELECT id FROM item WHERE id IN @ids", new { ids = new[] { 1, 2, 3 } }));
        Assert.Equal(4L, connection.ExecuteScalar<long>("INSERT INTO item (name) VALUES ('x'); SELECT last_insert_rowid()"));
    }

    [Fact]
    public async Task A_command_can_be_cancelled_while_it_runs()
    {
        using var connection = OpenWithTable(busyTimeoutMilliseconds: 60_000);
        using var other = Open();
        using var stop = new CancellationTokenSource();
        const string endless = "INSERT INTO item (id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";
        var running = Task.Run(() => connection.ExecuteAsync(new CommandDefinition(endless, cancellationToken: stop.Token)));

        // It runs once it holds the lock of all writers.
        await Eventually.TrueAsync(() => Record.Exception(() => other.ExecuteScript("BEGIN IMMEDIATE; ROLLBACK")) is SqliteException);
        await stop.CancelAsync();

        Assert.True((await Assert.ThrowsAsync<SqliteException>(() => running)).IsInterrupted);
    }

    [Fact]
    public void The_same_text_is_prepared_once_and_may_still_be_used_while_it_is_being_read()
    {
        using var connection = OpenWithTable();
        connection.ExecuteScript("INSERT INTO item (id) VALUES (1), (2)");
        const string sql = "SELECT id FROM item ORDER BY id";
        using var outer = connection.Prepare(sql);
        Assert.True(outer.Step());
        using (var inner = connection.Prepare(sql))
        {
            Assert.NotSame(outer, inner);
            Assert.True(inner.Step());
            Assert.Equal(1, inner.Int64(0));
        }

        Assert.True(outer.Step());
        Assert.Equal(2, outer.Int64(0));
        outer.Dispose();
        Assert.Same(outer, connection.Prepare(sql));
    }

    [Fact]
    public void The_cache_of_statements_has_a_bound()
    {
        using var connection = SqliteConnection.Open(
            new SqliteOpenOptions { Path = directory.File("bound.db"), StatementsMax = 2 });
        SqliteStatement first;
        using (first = connection.Prepare("SELECT 1"))
        using (connection.Prepare("SELECT 2"))
        using (var third = connection.Prepare("SELECT 3"))
            Assert.True(third.Step());
        using (connection.Prepare("SELECT 4"))
        using (var again = connection.Prepare("SELECT 1"))
            Assert.NotSame(first, again);
    }

    [Fact]
    public void A_transaction_is_rolled_back_unless_committed()
    {
        using var connection = OpenWithTable();
        using (connection.BeginTransaction())
            connection.Execute("INSERT INTO item (id) VALUES (1)");
        using (var kept = connection.BeginTransaction())
        {
            connection.Execute("INSERT INTO item (id) VALUES (2)");
            kept.Commit();
        }

        Assert.Equal([2L], connection.Query<long>("SELECT id FROM item"));
        Assert.Null(connection.Transaction);
    }

    [Fact]
    public void A_second_writer_is_told_that_the_database_is_busy_and_readers_are_not()
    {
        using var first = OpenWithTable();
        using var second = Open();
        using var reader = Open(readOnly: true);
        using var held = first.BeginTransaction();
        first.Execute("INSERT INTO item (id) VALUES (1)");

        var fault = Assert.Throws<SqliteException>(() => second.BeginTransaction());

        Assert.True(fault.IsTransient);
        Assert.Equal(0, reader.ExecuteScalar<int>("SELECT count(*) FROM item"));
    }

    [Fact]
    public void A_read_only_connection_refuses_to_write()
    {
        OpenWithTable().Dispose();
        using var reader = Open(readOnly: true);
        var fault = Assert.Throws<SqliteException>(() => reader.Execute("DELETE FROM item"));
        Assert.Equal(8, fault.ResultCode);
    }

    [Fact]
    public void A_broken_constraint_carries_its_extended_code()
    {
        using var connection = OpenWithTable();
        connection.Execute("INSERT INTO item (id) VALUES (1)");
        var fault = Assert.Throws<SqliteException>(() => connection.Execute("INSERT INTO item (id) VALUES (1)"));
        Assert.True(fault.IsUniqueViolation);
        Assert.Contains("item.id", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, connection.Execute("INSERT INTO item (id) VALUES (2)"));
    }

    [Fact]
    public void A_missing_parameter_and_an_unknown_type_are_refused()
    {
        using var connection = OpenWithTable();
        Assert.Throws<InvalidOperationException>(() => connection.Execute("INSERT INTO item (name) VALUES (@name)"));
        Assert.Throws<NotSupportedException>(() =>
            connection.Execute("INSERT INTO item (name) VALUES (@name)", new { name = Guid.Empty }));
    }

    [Theory]
    [InlineData("Path=/tmp/x;Colour=red")]
    [InlineData("Path=/tmp/x;ReadOnly=perhaps")]
    [InlineData("Path=/tmp/x;Synchronous=9")]
    [InlineData("ReadOnly=true")]
    public void A_malformed_connection_string_is_refused(string text) =>
        Assert.Throws<ArgumentException>(() => SqliteOpenOptions.Parse(text));

    [Fact]
    public void Options_survive_being_a_connection_string()
    {
        var options = new SqliteOpenOptions
        {
            Path = "/tmp/a b;c.db", ReadOnly = true, Create = false, WriteAheadLog = false,
            Synchronous = SqliteSynchronous.Normal, BusyTimeoutMilliseconds = 1, CacheKibibytes = 2, PageBytes = 8192,
            CheckpointPages = 3, MapBytesMax = 1L << 40, ForeignKeys = false, StatementsMax = 4,
        };
        Assert.Equal(options, SqliteOpenOptions.Parse(options.ToConnectionString()));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_alone()
    {
        File.WriteAllText(directory.File("test.db"), new string('x', 4096));
        var fault = Assert.Throws<SqliteException>(() => Open());
        Assert.Equal(26, fault.ResultCode);
        Assert.Equal(4096, new FileInfo(directory.File("test.db")).Length);
    }

    private sealed class Item
    {
        public long Id { get; set; }

        public string? Name { get; set; }

        public byte[]? Body { get; set; }

        public double? Size { get; set; }
    }
}
