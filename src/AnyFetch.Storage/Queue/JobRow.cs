using AnyFetch.Core.Companies;
using AnyFetch.Core.Queue;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Queue;

/// <summary>Jobs as rows, added and removed within any transaction.</summary>
internal static class JobRow
{
    private const string AddSql =
        "INSERT INTO jobs (queue, company, name, payload, rank, due_at, attempts) VALUES ($1, $2, $3, $4, $5, $6, 0) "
        + "ON CONFLICT (queue, company, name) DO NOTHING";

    private const string RemoveSql = "DELETE FROM jobs WHERE queue = $1 AND company = $2 AND name = $3";

    private const string RemoveDeadSql = "DELETE FROM dead_jobs WHERE queue = $1 AND company = $2 AND name = $3";

    /// <summary>Adds a job. One that was given up under the same key makes room for it.</summary>
    public static void Add(ISqlSession session, NewJob job, DateTimeOffset now)
    {
        var (queue, company, name) = job.Key;
        session.Execute(RemoveDeadSql, [queue, company, name]);
        session.Execute(AddSql, [queue, company, name, job.Payload, -job.Priority, job.RunAt ?? now]);
        session.Wake(queue);
    }

    /// <summary>Removes a job, waiting, running or given up. False when there is none.</summary>
    public static bool Remove(ISqlSession session, JobKey key) =>
        session.Execute(RemoveSql, [key.Queue, key.Company, key.Name])
        + session.Execute(RemoveDeadSql, [key.Queue, key.Company, key.Name]) > 0;

    public static JobKey ReadKey(ISqlRow row) => new(row.Text(0), new CompanyId(row.Id(1)), row.Text(2));
}
