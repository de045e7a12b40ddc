using AnyFetch.Core.Locks;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Locks;

/// <inheritdoc/>
internal sealed class LockStore(IDatabase database, TimeProvider timeProvider) : ILockStore
{
    private const string AcquireSql =
        "INSERT INTO locks (name, owner, until) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE "
        + "SET owner = excluded.owner, until = excluded.until "
        + "WHERE locks.owner = excluded.owner OR locks.until <= $4";

    private const string ReleaseSql = "DELETE FROM locks WHERE name = $1 AND owner = $2";

    public ValueTask<bool> TryAcquireAsync(
        string name,
        string owner,
        TimeSpan lifetime,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                var now = timeProvider.GetUtcNow();
                return session.Execute(AcquireSql, [name, owner, now + lifetime, now]) == 1;
            },
            cancellationToken);

    public ValueTask ReleaseAsync(string name, string owner, CancellationToken cancellationToken) =>
        database.WriteAsync(session => { session.Execute(ReleaseSql, [name, owner]); }, cancellationToken);
}
