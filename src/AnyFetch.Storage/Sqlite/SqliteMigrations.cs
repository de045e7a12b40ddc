using AnyFetch.Sqlite;
using AnyFetch.Storage.Migrations;

namespace AnyFetch.Storage.Sqlite;

/// <summary>Brings a SQLite store's schema up to date, in one transaction that holds the write lock.</summary>
internal sealed class SqliteMigrations(SqliteConnection connection, TimeProvider timeProvider)
{
    public void Apply()
    {
        var scripts = MigrationScript.For("Sqlite");
        using var transaction = connection.BeginTransaction();
        connection.ExecuteScript(
            "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT, applied_at TEXT) STRICT");
        var stored = StoredVersion();
        if (stored > scripts[^1].Version)
        {
            throw SchemaException.Newer(stored, scripts[^1].Version);
        }

        foreach (var script in scripts.Where(script => script.Version > stored))
        {
            connection.ExecuteScript(script.Sql);
            Note(script);
        }

        transaction.Commit();
    }

    private int StoredVersion()
    {
        using var select = connection.Prepare("SELECT max(version) FROM schema_version");
        select.Step();
        return (int)select.Int64(0);
    }

    private void Note(MigrationScript script)
    {
        using var insert = connection.Prepare("INSERT INTO schema_version VALUES (?, ?, ?)");
        insert.Bind(1, (long)script.Version);
        insert.BindText(2, script.Name);
        insert.BindText(3, timeProvider.GetUtcNow().ToString("O"));
        insert.Execute();
    }
}
