using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Cleaning;

/// <summary>Forgets jobs that were given up long ago.</summary>
internal sealed class DeadJobPruning(IDatabase database, StorageOptions options, TimeProvider timeProvider)
{
    private const string RemoveSql =
        "DELETE FROM dead_jobs WHERE (queue, company, name) IN "
        + "(SELECT queue, company, name FROM dead_jobs WHERE died_at < $1 ORDER BY died_at LIMIT $2)";

    /// <summary>Forgets a batch; true when there may be more.</summary>
    public async ValueTask<bool> PruneAsync(CancellationToken cancellationToken)
    {
        var before = timeProvider.GetUtcNow() - TimeSpan.FromDays(options.DeadJobDays);
        var removed = await database.WriteAsync(
            session => session.Execute(RemoveSql, [before, options.CleanUpRowsMax]), cancellationToken)
            .ConfigureAwait(false);
        return removed == options.CleanUpRowsMax;
    }
}
