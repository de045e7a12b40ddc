using AnyFetch.Core.Companies;
using AnyFetch.Core.Queue;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Queue;

/// <summary>Leases jobs in one transaction, one for each company in turn, until enough are leased or none is due.</summary>
internal sealed class LeaseRound
{
    private readonly ISqlSession _session;
    private readonly string _sql;
    private readonly string _queue;
    private readonly long _now;
    private readonly long _until;
    private readonly List<Job> _leased = [];

    public LeaseRound(ISqlSession session, string sql, string queue, DateTimeOffset now, TimeSpan lifetime)
    {
        _session = session;
        _sql = sql;
        _queue = queue;
        _now = now.UtcTicks;
        _until = (now + lifetime).UtcTicks;
    }

    /// <summary>The UPDATE that leases the first due jobs of one company and priority.</summary>
    public static string LeaseSql(SqlDialect dialect) =>
        "WITH first AS MATERIALIZED ("
        + "SELECT number FROM jobs WHERE queue = $1 AND company = $2 AND rank = $3 AND due_at <= $4 "
        + $"ORDER BY due_at, number LIMIT $5{dialect.ForUpdateSkipLocked}) "
        + "UPDATE jobs SET due_at = $6, lease = $7, attempts = attempts + 1 "
        + "WHERE number IN (SELECT number FROM first) "
        + "RETURNING queue, company, name, payload, rank, attempts, lease";

    /// <summary>The company that was served last, for the next round to begin after it.</summary>
    public CompanyId? LastServed { get; private set; }

    public IReadOnlyList<Job> Run(int max, CompanyId? after)
    {
        var companies = DueCompanies(after);
        while (_leased.Count < max && companies.Count > 0)
        {
            // An equal share for each, so that a company alone is served by one statement.
            var share = Math.Max(1, (max - _leased.Count) / companies.Count);
            companies.RemoveAll(company => !Serve(company, Math.Min(share, max - _leased.Count)));
        }

        return _leased;
    }

    /// <summary>False when the company has nothing left that is due.</summary>
    private bool Serve(DueCompany company, int share)
    {
        while (share > 0 && company.Ranks.TryPeek(out var rank))
        {
            var jobs = _session.Query(
                _sql,
                [_queue, company.Id, rank, _now, share, _until, Random.Shared.NextInt64(1, long.MaxValue)],
                ReadJob);
            _leased.AddRange(jobs);
            if (jobs.Count > 0)
            {
                LastServed = company.Id;
            }

            if (jobs.Count < share)
            {
                company.Ranks.Dequeue();
            }

            share -= jobs.Count;
        }

        return company.Ranks.Count > 0;
    }

    private List<DueCompany> DueCompanies(CompanyId? after)
    {
        var turns = _session.Query(QueueTurns.Sql, [_queue, QueueTurns.TurnsMax], QueueTurns.Read);
        var companies = turns
            .Where(turn => turn.FirstDueAt <= _now)
            .GroupBy(turn => turn.Company)
            .Select(group => new DueCompany(group.Key, new Queue<long>(group.Select(turn => turn.Rank))))
            .ToList();
        var first = after is { } last ? companies.FindIndex(company => company.Id.Value > last.Value) : 0;
        return first <= 0 ? companies : [.. companies[first..], .. companies[..first]];
    }

    private static Job ReadJob(ISqlRow row) => new()
    {
        Key = JobRow.ReadKey(row),
        Payload = row.Text(3),
        Priority = (int)-row.Number(4),
        Attempts = (int)row.Number(5),
        Lease = row.Number(6),
    };

    private sealed record DueCompany(CompanyId Id, Queue<long> Ranks);
}
