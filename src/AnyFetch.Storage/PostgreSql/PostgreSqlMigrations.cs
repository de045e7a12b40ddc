using AnyFetch.Storage.Migrations;
using Npgsql;

namespace AnyFetch.Storage.PostgreSql;

/// <summary>Brings a PostgreSQL store's schema up to date; nodes that start together wait for one another.</summary>
internal sealed class PostgreSqlMigrations(NpgsqlConnection connection, TimeProvider timeProvider)
{
    private const int ServerMajorMin = 15;

    // Any number that no other application of the same database locks.
    private const string LockSql = "SELECT pg_advisory_xact_lock(4702914471129)";

    private const string CreateSql =
        "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY, name TEXT, applied_at TEXT)";

    public void Apply()
    {
        if (connection.PostgreSqlVersion.Major < ServerMajorMin)
        {
            throw new SchemaException(
                $"The server is PostgreSQL {connection.PostgreSqlVersion}; AnyFetch needs {ServerMajorMin} or newer.");
        }

        using var transaction = connection.BeginTransaction();
        Execute(LockSql);
        Execute(CreateSql);
        var scripts = MigrationScript.For("PostgreSql");
        var stored = StoredVersion();
        if (stored > scripts[^1].Version)
        {
            throw SchemaException.Newer(stored, scripts[^1].Version);
        }

        foreach (var script in scripts.Where(script => script.Version > stored))
        {
            Execute(script.Sql);
            Note(script);
        }

        transaction.Commit();
    }

    private int StoredVersion()
    {
        using var select = new NpgsqlCommand("SELECT coalesce(max(version), 0)::int FROM schema_version", connection);
        return (int)select.ExecuteScalar()!;
    }

    private void Note(MigrationScript script)
    {
        using var insert = new NpgsqlCommand("INSERT INTO schema_version VALUES ($1, $2, $3)", connection);
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = script.Version });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = script.Name });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = timeProvider.GetUtcNow().ToString("O") });
        insert.ExecuteNonQuery();
    }

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
