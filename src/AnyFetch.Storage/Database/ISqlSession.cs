using AnyFetch.Core.Feed;

namespace AnyFetch.Storage.Database;

/// <summary>
/// A transaction that several callers share (group commit). The work of one caller runs in it from beginning to end
/// without awaiting anything, and may run again when the transaction is retried.
/// </summary>
/// <remarks>
/// Parameters are written <c>$1</c>, <c>$2</c>… and must first appear in this order, which both databases read alike.
/// Statements are kept by the identity of their text: give constants, never text that is built for a call.
/// </remarks>
internal interface ISqlSession
{
    /// <summary>Runs a statement; gives the number of rows that it changed.</summary>
    int Execute(string sql, ReadOnlySpan<SqlValue> values);

    /// <summary>All rows of a query. It may change rows too, with RETURNING.</summary>
    List<T> Query<T>(string sql, ReadOnlySpan<SqlValue> values, Func<ISqlRow, T> map);

    /// <summary>The first row of a query, or null.</summary>
    T? First<T>(string sql, ReadOnlySpan<SqlValue> values, Func<ISqlRow, T> map)
        where T : class;

    /// <summary>The first number of the first row, or null when there is no row.</summary>
    long? Number(string sql, ReadOnlySpan<SqlValue> values);

    /// <summary>The next position in the change feed. Those who wait for the feed are woken after the commit.</summary>
    FeedPosition NextPosition();

    /// <summary>Wakes those who wait for jobs of this queue, after the commit.</summary>
    void Wake(string queue);
}
