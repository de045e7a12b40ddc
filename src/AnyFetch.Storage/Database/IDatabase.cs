using AnyFetch.Core.Feed;

namespace AnyFetch.Storage.Database;

/// <summary>
/// The two databases behind the stores. The stores hold all SQL, written so that both understand it; what differs is
/// here: how to connect, to share transactions, to number changes and to hear of other nodes' changes.
/// </summary>
internal interface IDatabase : IAsyncDisposable
{
    SqlDialect Dialect { get; }

    /// <summary>Woken by commits of this node, and where there are others by theirs.</summary>
    CommitSignals Signals { get; }

    /// <summary>The first rows of a query over what is committed, up to one that is enough; all when there is no such question.</summary>
    ValueTask<List<T>> QueryUntilAsync<T>(
        string sql,
        ReadOnlySpan<SqlValue> values,
        Func<ISqlRow, T> map,
        Func<T, bool>? isEnough,
        CancellationToken cancellationToken);

    /// <summary>The rows of one query for each of many keys, in one go.</summary>
    ValueTask<List<T>> QueryEachAsync<T>(
        string sql,
        IReadOnlyList<SqlValue[]> keys,
        Func<ISqlRow, T> map,
        CancellationToken cancellationToken);

    /// <summary>
    /// Runs work in a shared transaction and returns its result when the transaction is durable. If the work throws,
    /// its changes are undone and nobody else's.
    /// </summary>
    /// <param name="work">Quick, and free of effects outside the session: it may run more than once.</param>
    /// <param name="lane">Work with equal numbers never runs concurrently on this node.</param>
    /// <param name="cancellationToken">Gives up waiting; the work may be done all the same.</param>
    ValueTask<T> WriteAsync<T>(Func<ISqlSession, T> work, int lane, CancellationToken cancellationToken);

    /// <summary>The last position up to which the feed is complete: no later commit can add an entry before it.</summary>
    ValueTask<FeedPosition> GetFeedBoundAsync(CancellationToken cancellationToken);
}

/// <summary>Shapes of queries and writes that the stores use often.</summary>
internal static class DatabaseExtensions
{
    /// <summary>All rows of a query over what is committed.</summary>
    public static ValueTask<List<T>> QueryAsync<T>(
        this IDatabase database,
        string sql,
        ReadOnlySpan<SqlValue> values,
        Func<ISqlRow, T> map,
        CancellationToken cancellationToken) => database.QueryUntilAsync(sql, values, map, null, cancellationToken);

    public static async ValueTask<T?> FirstAsync<T>(this ValueTask<List<T>> rows)
        where T : class
    {
        var list = await rows.ConfigureAwait(false);
        return list.Count > 0 ? list[0] : null;
    }

    public static async ValueTask<long> NumberAsync(this ValueTask<List<long>> rows)
    {
        var list = await rows.ConfigureAwait(false);
        return list.Count > 0 ? list[0] : 0;
    }

    public static async ValueTask<IReadOnlyList<T>> AsReadOnlyAsync<T>(this ValueTask<List<T>> rows) =>
        await rows.ConfigureAwait(false);

    public static ValueTask<T> WriteAsync<T>(
        this IDatabase database,
        Func<ISqlSession, T> work,
        CancellationToken cancellationToken) => database.WriteAsync(work, 0, cancellationToken);

    public static async ValueTask WriteAsync(
        this IDatabase database,
        Action<ISqlSession> work,
        CancellationToken cancellationToken) =>
        await database.WriteAsync(
            session =>
            {
                work(session);
                return true;
            },
            0,
            cancellationToken).ConfigureAwait(false);
}
