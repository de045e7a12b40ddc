using System.Text.Json;
using AnyFetch.Sqlite;
using Dapper;

namespace AnyFetch.Provider.Store;

/// <summary>The last runs of each account.</summary>
internal sealed class RunTable(StoreQueue queue)
{
    public Task<long> BeginAsync(long account, RunReport report, CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection => connection.ExecuteScalar<long>(
                "INSERT INTO runs (account, report) VALUES (@account, @report) RETURNING id",
                new { account, report = Format(report) }),
            cancellationToken);

    public Task SaveAsync(long account, long run, RunReport report, int runsMax, CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection =>
            {
                connection.Execute(
                    """
                    UPDATE runs SET report = @report WHERE id = @run;
                    DELETE FROM runs WHERE account = @account AND id IN (
                        SELECT id FROM runs WHERE account = @account ORDER BY id DESC LIMIT -1 OFFSET @runsMax);
                    """,
                    new { account, run, report = Format(report), runsMax });
            },
            cancellationToken);

    /// <summary>Runs that nobody ended were ended by a kill: the store belongs to one process, which has just begun.</summary>
    public Task CloseInterruptedAsync(CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection =>
            {
                connection.Execute(
                    """
                    UPDATE runs SET report = json_set(report, '$.outcome', 'interrupted', '$.phase', 'done')
                    WHERE json_extract(report, '$.outcome') = 'running'
                    """);
            },
            cancellationToken);

    public async Task<IReadOnlyList<RunReport>> ListAsync(long account, int limit, CancellationToken cancellationToken)
    {
        var rows = await queue.RunAsync(
            connection => connection.Query<(long Id, string Report)>(
                "SELECT id, report FROM runs WHERE account = @account ORDER BY id DESC LIMIT @limit",
                new { account, limit }).AsList(),
            cancellationToken);
        return [.. rows.Select(row =>
            JsonSerializer.Deserialize(row.Report, ProviderJson.Default.RunReport)! with { Id = row.Id })];
    }

    private static string Format(RunReport report) => JsonSerializer.Serialize(report, ProviderJson.Default.RunReport);
}
