using AnyFetch.Core.Settings;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Settings;

/// <inheritdoc/>
internal sealed class SettingStore(IDatabase database) : ISettingStore
{
    private const string FindSql = "SELECT value FROM settings WHERE key = $1";

    private const string AddSql = "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING";

    private const string SetSql =
        "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";

    private const string ReplaceSql = "UPDATE settings SET value = $1 WHERE key = $2 AND value = $3";

    private const string ListSql = "SELECT key, value FROM settings ORDER BY key";

    public ValueTask<string?> FindAsync(string key, CancellationToken cancellationToken) =>
        database.QueryAsync(FindSql, [key], static row => row.Text(0), cancellationToken).FirstAsync();

    public ValueTask<string> GetOrAddAsync(string key, string value, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                session.Execute(AddSql, [key, value]);
                return session.First(FindSql, [key], static row => row.Text(0))!;
            },
            cancellationToken);

    public ValueTask SetAsync(string key, string value, CancellationToken cancellationToken) =>
        database.WriteAsync(session => { session.Execute(SetSql, [key, value]); }, cancellationToken);

    public ValueTask<bool> ReplaceAsync(string key, string before, string value, CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.Execute(ReplaceSql, [value, key, before]) > 0, cancellationToken);

    public async ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(
        string prefix,
        CancellationToken cancellationToken)
    {
        // The installation's own values are few; comparing here spares the databases' different pattern rules.
        var all = await database.QueryAsync(
            ListSql,
            [],
            static row => KeyValuePair.Create(row.Text(0), row.Text(1)),
            cancellationToken).ConfigureAwait(false);
        return [.. all.Where(setting => setting.Key.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(setting => setting.Key, StringComparer.Ordinal)];
    }
}
