using System.Collections.Concurrent;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Queue;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Queue;

/// <inheritdoc/>
/// <remarks>
/// A leased job stays in its table with the end of its lease as the time when it is due, so a lease that runs out
/// needs nobody to notice it.
/// </remarks>
internal sealed class WorkQueue(IDatabase database, StorageOptions options, TimeProvider timeProvider) : IWorkQueue
{
    private const string Held = "queue = $1 AND company = $2 AND name = $3 AND lease = $4";

    private const string RenewSql =
        "UPDATE jobs SET due_at = $1 WHERE queue = $2 AND company = $3 AND name = $4 AND lease = $5";

    private const string CompleteSql = $"DELETE FROM jobs WHERE {Held}";

    private const string ReleaseSql =
        "UPDATE jobs SET due_at = $1, attempts = attempts - $2, lease = NULL "
        + "WHERE queue = $3 AND company = $4 AND name = $5 AND lease = $6";

    private const string BurySql =
        "INSERT INTO dead_jobs (queue, company, name, payload, rank, attempts, reason, died_at) "
        + "SELECT queue, company, name, payload, rank, attempts, $1, $2 FROM jobs "
        + "WHERE queue = $3 AND company = $4 AND name = $5 AND lease = $6 "
        + "ON CONFLICT (queue, company, name) DO UPDATE SET payload = excluded.payload, rank = excluded.rank, "
        + "attempts = excluded.attempts, reason = excluded.reason, died_at = excluded.died_at";

    private const string DeadColumns = "SELECT queue, company, name, payload, attempts, reason, died_at FROM dead_jobs";

    private const string ListDeadSql = $"{DeadColumns} WHERE queue = $1 ORDER BY died_at DESC LIMIT $2";

    private const string ListDeadOfCompanySql =
        $"{DeadColumns} WHERE queue = $1 AND company = $2 ORDER BY died_at DESC LIMIT $3";

    private const string ReviveSql =
        "INSERT INTO jobs (queue, company, name, payload, rank, due_at, attempts) "
        + "SELECT queue, company, name, payload, rank, $1, 0 FROM dead_jobs "
        + "WHERE queue = $2 AND company = $3 AND name = $4 ON CONFLICT (queue, company, name) DO NOTHING";

    private const string RemoveDeadSql = "DELETE FROM dead_jobs WHERE queue = $1 AND company = $2 AND name = $3";

    private const string CountSql =
        "SELECT queue, sum(CASE WHEN lease IS NULL THEN 1 ELSE 0 END), sum(CASE WHEN lease IS NULL THEN 0 ELSE 1 END), "
        + "min(due_at) FROM jobs GROUP BY queue";

    private const string CountDeadSql = "SELECT queue, count(*) FROM dead_jobs GROUP BY queue";

    private readonly string _leaseSql = LeaseRound.LeaseSql(database.Dialect);
    private readonly ConcurrentDictionary<string, CompanyId> _lastServed = new(StringComparer.Ordinal);

    public ValueTask AddAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                var now = timeProvider.GetUtcNow();
                foreach (var job in jobs)
                {
                    JobRow.Add(session, job, now);
                }
            },
            cancellationToken);

    public async ValueTask<IReadOnlyList<Job>> LeaseAsync(
        string queue,
        int max,
        TimeSpan lifetime,
        CancellationToken cancellationToken)
    {
        var after = _lastServed.TryGetValue(queue, out var last) ? last : (CompanyId?)null;
        var (jobs, served) = await database.WriteAsync(
            session =>
            {
                var round = new LeaseRound(session, _leaseSql, queue, timeProvider.GetUtcNow(), lifetime);
                return (round.Run(max, after), round.LastServed);
            },
            cancellationToken).ConfigureAwait(false);
        if (served is { } company)
        {
            _lastServed[queue] = company;
        }

        return jobs;
    }

    public ValueTask<bool> RenewAsync(Job job, TimeSpan lifetime, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.Execute(
                RenewSql,
                [timeProvider.GetUtcNow() + lifetime, job.Key.Queue, job.Key.Company, job.Key.Name, job.Lease]) == 1,
            cancellationToken);

    public ValueTask<bool> CompleteAsync(Job job, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Complete(session, job), cancellationToken);

    public ValueTask<bool> ReleaseAsync(
        Job job,
        DateTimeOffset runAt,
        bool countsAsAttempt,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                session.Wake(job.Key.Queue);
                var uncounted = countsAsAttempt ? 0 : 1;
                return session.Execute(
                    ReleaseSql,
                    [runAt, uncounted, job.Key.Queue, job.Key.Company, job.Key.Name, job.Lease]) == 1;
            },
            cancellationToken);

    public ValueTask<bool> BuryAsync(Job job, string reason, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                session.Execute(
                    BurySql,
                    [reason, timeProvider.GetUtcNow(), job.Key.Queue, job.Key.Company, job.Key.Name, job.Lease]);
                return Complete(session, job);
            },
            cancellationToken);

    public ValueTask<bool> RemoveAsync(JobKey key, CancellationToken cancellationToken) =>
        database.WriteAsync(session => JobRow.Remove(session, key), cancellationToken);

    public ValueTask<IReadOnlyList<DeadJob>> ListDeadAsync(
        string queue,
        CompanyId? company,
        int limit,
        CancellationToken cancellationToken) =>
        (company is null
            ? database.QueryAsync(ListDeadSql, [queue, limit], ReadDead, cancellationToken)
            : database.QueryAsync(ListDeadOfCompanySql, [queue, company, limit], ReadDead, cancellationToken))
        .AsReadOnlyAsync();

    public ValueTask<bool> ReviveAsync(JobKey key, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                session.Execute(ReviveSql, [timeProvider.GetUtcNow(), key.Queue, key.Company, key.Name]);
                session.Wake(key.Queue);
                return session.Execute(RemoveDeadSql, [key.Queue, key.Company, key.Name]) == 1;
            },
            cancellationToken);

    public async ValueTask<IReadOnlyList<QueueCounts>> CountAsync(CancellationToken cancellationToken)
    {
        var dead = (await database.QueryAsync(
            CountDeadSql,
            [],
            static row => (Queue: row.Text(0), Count: row.Number(1)),
            cancellationToken).ConfigureAwait(false)).ToDictionary(row => row.Queue, row => row.Count);
        var now = timeProvider.GetUtcNow();
        var live = await database.QueryAsync(
            CountSql,
            [],
            row => new QueueCounts(
                row.Text(0), row.Number(1), row.Number(2), 0, Math.Max(0, (now - row.Time(3)).TotalSeconds)),
            cancellationToken).ConfigureAwait(false);
        return [
            .. live.Select(counts => counts with { Dead = dead.Remove(counts.Queue, out var count) ? count : 0 }),
            .. dead.Select(row => new QueueCounts(row.Key, 0, 0, row.Value, 0))];
    }

    public async ValueTask WaitAsync(string queue, CancellationToken cancellationToken)
    {
        // Taken before looking, so that a commit between the look and the wait is not slept through.
        var woken = database.Signals.Queue(queue).Next;
        var turns = await database.QueryAsync(
            QueueTurns.Sql,
            [queue, QueueTurns.TurnsMax],
            QueueTurns.Read,
            cancellationToken).ConfigureAwait(false);
        var wait = TimeSpan.FromSeconds(options.PollSeconds);
        if (turns.Count > 0)
        {
            var due = TimeSpan.FromTicks(turns.Min(turn => turn.FirstDueAt) - timeProvider.GetUtcNow().UtcTicks);
            wait = due < wait ? due : wait;
        }

        if (wait > TimeSpan.Zero)
        {
            await woken.WaitAtMostAsync(wait, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool Complete(ISqlSession session, Job job) =>
        session.Execute(CompleteSql, [job.Key.Queue, job.Key.Company, job.Key.Name, job.Lease]) == 1;

    private static DeadJob ReadDead(ISqlRow row) => new(
        JobRow.ReadKey(row), row.Text(3), (int)row.Number(4), row.Text(5), row.Time(6));
}
