using AnyFetch.Core.Feed;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Feed;

/// <inheritdoc/>
internal sealed class FeedCursorStore(IDatabase database) : IFeedCursorStore
{
    private const string GetSql = "SELECT position FROM feed_cursors WHERE consumer = $1";

    private const string SaveSql =
        "INSERT INTO feed_cursors (consumer, position) VALUES ($1, $2) "
        + "ON CONFLICT (consumer) DO UPDATE SET position = excluded.position";

    public async ValueTask<FeedPosition> GetAsync(string consumer, CancellationToken cancellationToken)
    {
        var saved = await database.QueryAsync(GetSql, [consumer], static row => row.Text(0), cancellationToken)
            .FirstAsync().ConfigureAwait(false);
        return saved is null ? FeedPosition.Start : FeedPosition.Parse(saved);
    }

    public ValueTask SaveAsync(string consumer, FeedPosition position, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => { session.Execute(SaveSql, [consumer, position.ToString()]); },
            cancellationToken);
}
