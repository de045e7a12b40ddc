using AnyFetch.Sqlite;

namespace AnyFetch.Server.Tests.EndToEnd;

/// <summary>What the store of a provider that was killed tells about differences.</summary>
internal static class ProviderRecords
{
    private const int DifferencesMax = 5;
    private const int RunsMax = 6;

    public static string Tell(string store, IReadOnlyList<DirectoryDifference> differences)
    {
        using var connection = SqliteConnection.Open(new SqliteOpenOptions { Path = store, Create = false });
        var tables = Rows(
            connection,
            "SELECT (SELECT COUNT(*) FROM ledger) AS known, (SELECT COUNT(*) FROM queue WHERE operation = 1) AS to_send, "
            + "(SELECT COUNT(*) FROM queue WHERE operation = 0) AS to_delete, (SELECT COUNT(*) FROM errors) AS errors, "
            + "listing, listing_state, last_error FROM accounts");
        var runs = Rows(connection, $"SELECT id, report FROM runs ORDER BY id DESC LIMIT {RunsMax}");
        var items = differences.Take(DifferencesMax).Select(difference => $"{difference.Path} {difference.What}: "
            + Rows(
                connection,
                "SELECT ledger.version AS version, ledger.listing AS listing, sent FROM ledger WHERE identifier LIKE '%' || @path",
                difference.Path)
            + " queued "
            + Rows(
                connection,
                "SELECT sequence, operation, run, attempts, not_before FROM queue WHERE identifier LIKE '%' || @path",
                difference.Path)
            + " error "
            + Rows(connection, "SELECT stage, code, message FROM errors WHERE identifier LIKE '%' || @path", difference.Path));
        return $"The provider has {tables}.\nIts last runs: {runs}\n{string.Join('\n', items)}";
    }

    private static string Rows(SqliteConnection connection, string sql, string? path = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (path is not null)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@path", path);
            command.Parameters.Add(parameter);
        }

        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(n => $"{reader.GetName(n)}={reader.GetValue(n)}")));
        }

        return rows.Count == 0 ? "nothing" : string.Join(" | ", rows);
    }
}
