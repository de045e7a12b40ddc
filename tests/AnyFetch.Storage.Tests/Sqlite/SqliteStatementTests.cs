using AnyFetch.Sqlite;

namespace AnyFetch.Storage.Tests.Sqlite;

public sealed class SqliteStatementTests : IDisposable
{
    private readonly SqliteConnection connection =
        SqliteConnection.Open(new SqliteOpenOptions { Path = ":memory:", WriteAheadLog = false });

    public void Dispose() => connection.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("with a \0 inside")]
    [InlineData("Łódź 𝄞")]
    public void Text_comes_back_as_it_went_in(string text)
    {
        using var statement = connection.Prepare("SELECT ?1, typeof(?1)");
        statement.BindText(1, text);
        Assert.True(statement.Step());
        Assert.Equal(text, statement.Text(0));
        Assert.Equal("text", statement.Text(1));
    }

    [Fact]
    public void Long_text_and_bytes_come_back_as_they_went_in()
    {
        var text = new string('é', 100_000);
        var bytes = Enumerable.Range(0, 70_000).Select(value => (byte)value).ToArray();
        using var statement = connection.Prepare("SELECT ?1, ?2");
        statement.BindText(1, text);
        statement.BindBlob(2, bytes);
        Assert.True(statement.Step());
        Assert.Equal(text, statement.Text(0));
        Assert.True(statement.Bytes(1).SequenceEqual(bytes));
    }

    [Fact]
    public void Empty_bytes_and_empty_utf8_are_not_null()
    {
        using var statement = connection.Prepare("SELECT typeof(?1), typeof(?2), typeof(?3)");
        statement.BindBlob(1, []);
        statement.BindText(2, ReadOnlySpan<byte>.Empty);
        statement.BindText(3, (string?)null);
        Assert.True(statement.Step());
        Assert.Equal(("blob", "text", "null"), (statement.Text(0), statement.Text(1), statement.Text(2)));
    }

    [Fact]
    public void A_text_column_is_readable_as_utf8()
    {
        using var statement = connection.Prepare("SELECT 'Zoë'");
        Assert.True(statement.Step());
        Assert.True(statement.Bytes(0).SequenceEqual("Zoë"u8));
    }

    [Fact]
    public void Executing_again_and_again_allocates_nothing()
    {
        connection.ExecuteScript("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, body BLOB)");
        using var insert = connection.Prepare("INSERT INTO item VALUES (?, ?, ?)");
        Span<byte> body = stackalloc byte[12];
        for (var id = 0; id < 100; id++)
            Insert(insert, id, body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var id = 100; id < 200; id++)
            Insert(insert, id, body);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(199, connection.LastInsertRowId);
    }

    [Fact]
    public void A_failed_statement_can_run_again()
    {
        connection.ExecuteScript("CREATE TABLE item (id INTEGER PRIMARY KEY)");
        using var insert = connection.Prepare("INSERT INTO item VALUES (?)");
        insert.Bind(1, 1L);
        insert.Execute();
        Assert.True(Assert.Throws<SqliteException>(() => insert.Execute()).IsUniqueViolation);
        insert.Bind(1, 2L);
        Assert.Equal(1, insert.Execute());
    }

    [Fact]
    public void Given_back_statements_forget_their_values()
    {
        using (var first = connection.Prepare("SELECT ?1"))
            first.BindText(1, "secret");
        using var second = connection.Prepare("SELECT ?1");
        Assert.True(second.Step());
        Assert.True(second.IsNull(0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- only a comment")]
    [InlineData("SELEKT 1")]
    public void A_text_without_a_correct_statement_is_refused(string sql) =>
        Assert.ThrowsAny<Exception>(() => connection.Prepare(sql));

    private static void Insert(SqliteStatement insert, long id, ReadOnlySpan<byte> body)
    {
        insert.Bind(1, id);
        insert.BindText(2, "a name");
        insert.BindBlob(3, body);
        insert.Execute();
    }
}
