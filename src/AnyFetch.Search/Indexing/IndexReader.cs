using AnyFetch.Search.Matching;
using AnyFetch.Sqlite;

namespace AnyFetch.Search.Indexing;

/// <summary>A connection that searches. One search at a time.</summary>
internal sealed class IndexReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Fts5Function _function;

    public IndexReader(string directory, int cacheKibibytes)
    {
        _connection = IndexFile.OpenReader(directory, cacheKibibytes);
        _function = new Fts5Function(_connection);
    }

    /// <summary>Begins a snapshot, which lasts until what is returned is disposed.</summary>
    public SqliteTransaction BeginSnapshot(out IndexState state)
    {
        var transaction = _connection.BeginTransaction(deferred: true);
        state = IndexFile.ReadState(_connection)
            ?? throw new InvalidOperationException("The index lost its state while it was open.");
        return transaction;
    }

    public void Run(string expression, MatchVisitor visitor) => _function.Run(_connection, expression, visitor);

    /// <summary>The most frequent terms that fit a pattern.</summary>
    public List<string> Expand(TermPattern pattern, string? key, int termsMax)
    {
        var keyPrefix = key is null ? "" : KeyCode.TermPrefix(key);
        var first = keyPrefix + pattern.LiteralPrefix;
        var best = new PriorityQueue<string, long>();
        using var statement = first.Length == 0
            ? _connection.Prepare("SELECT term, doc FROM vocabulary WHERE term < char(128) OR term > char(159)")
            : _connection.Prepare("SELECT term, doc FROM vocabulary WHERE term >= ?1 AND term < ?2");
        if (first.Length > 0)
        {
            statement.BindText(1, first);
            statement.BindText(2, first + char.ConvertFromUtf32(0x10FFFF));
        }

        while (statement.Step())
        {
            var term = statement.Text(0)[keyPrefix.Length..];
            if (!pattern.IsMatch(term))
                continue;
            best.Enqueue(term, statement.Int64(1));
            if (best.Count > termsMax)
                best.Dequeue();
        }

        return [.. best.UnorderedItems.Select(item => item.Element).Order(StringComparer.Ordinal)];
    }

    public void Interrupt() => _connection.Interrupt();

    public void Dispose()
    {
        _connection.Dispose();
        _function.Dispose();
    }
}
