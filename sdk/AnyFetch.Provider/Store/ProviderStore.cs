using AnyFetch.Sqlite;
using Dapper;

namespace AnyFetch.Provider.Store;

/// <summary>
/// One provider's durable state in a SQLite file of its own, held by one process at a time: a second one is refused, so
/// that whoever opens it knows that an interrupted run has no other owner.
/// </summary>
internal sealed class ProviderStore : IAsyncDisposable
{
    private const string FileName = "provider.db";
    private readonly FileStream _hold;

    private ProviderStore(FileStream hold, SqliteConnection connection, SecretBox secrets)
    {
        _hold = hold;
        Queue = new StoreQueue(connection);
        Accounts = new AccountTable(Queue, secrets);
        TemporaryTokens = new TemporaryTokenTable(Queue, secrets);
        Ledger = new LedgerTable(Queue);
        Items = new ItemTable(Queue);
        Errors = new ErrorTable(Queue);
        Runs = new RunTable(Queue);
    }

    public StoreQueue Queue { get; }

    public AccountTable Accounts { get; }

    public TemporaryTokenTable TemporaryTokens { get; }

    public LedgerTable Ledger { get; }

    public ItemTable Items { get; }

    public ErrorTable Errors { get; }

    public RunTable Runs { get; }

    public static ProviderStore Open(string directory)
    {
        CreatePrivately(directory);
        var hold = Hold(Path.Combine(directory, FileName + ".lock"));
        try
        {
            var connection = SqliteConnection.Open(new SqliteOpenOptions { Path = Path.Combine(directory, FileName) });
            Migrate(connection);
            return new ProviderStore(hold, connection, SecretBox.Open(Path.Combine(directory, "keys")));
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Queue.DisposeAsync();
        await _hold.DisposeAsync();
    }

    private static void CreatePrivately(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static FileStream Hold(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new InvalidOperationException($"The provider's store is in use by another process ({path}).", taken);
        }
    }

    private static void Migrate(SqliteConnection connection)
    {
        var version = connection.ExecuteScalar<long>("PRAGMA user_version");
        if (version > StoreSchema.Scripts.Count)
        {
            throw new InvalidOperationException($"The provider's store has version {version}, made by a later release.");
        }

        for (var next = (int)version; next < StoreSchema.Scripts.Count; next++)
        {
            using var transaction = connection.BeginTransaction();
            connection.ExecuteScript(StoreSchema.Scripts[next]);
            connection.ExecuteScript($"PRAGMA user_version = {next + 1}");
            transaction.Commit();
        }
    }
}
