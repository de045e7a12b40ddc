using AnyFetch.Core.Companies;
using AnyFetch.Core.Queue;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Queue;

/// <summary>One company's jobs of one priority, and when the first of them is due.</summary>
internal readonly record struct QueueTurn(CompanyId Company, long Rank, long FirstDueAt);

/// <summary>
/// Who may take a turn. The query hops from one (company, priority) to the next in the index, so its cost grows with
/// their number and not with the number of jobs. (Comparing both columns at once would make SQLite walk over all jobs
/// of the company.)
/// </summary>
internal static class QueueTurns
{
    /// <summary>Companies with their priorities that are looked at in one go.</summary>
    public const int TurnsMax = 10_000;

    public const string Sql =
        """
        WITH RECURSIVE turns (company, rank, due_at, place) AS (
            SELECT company, rank, due_at, 1 FROM jobs WHERE number = (
                SELECT number FROM jobs WHERE queue = $1 ORDER BY company, rank, due_at LIMIT 1)
            UNION ALL
            SELECT jobs.company, jobs.rank, jobs.due_at, turns.place + 1
            FROM turns JOIN jobs ON jobs.number = coalesce(
                (SELECT number FROM jobs AS later
                 WHERE later.queue = $1 AND later.company = turns.company AND later.rank > turns.rank
                 ORDER BY later.rank, later.due_at LIMIT 1),
                (SELECT number FROM jobs AS later
                 WHERE later.queue = $1 AND later.company > turns.company
                 ORDER BY later.company, later.rank, later.due_at LIMIT 1))
            WHERE turns.place < $2
        )
        SELECT company, rank, due_at FROM turns
        """;

    public static QueueTurn Read(ISqlRow row) => new(new CompanyId(row.Id(0)), row.Number(1), row.Number(2));
}
