using AnyFetch.Testing;

namespace AnyFetch.Storage.Tests.Stores;

/// <summary>A PostgreSQL database for one test class.</summary>
public sealed class PostgreSqlFixture : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();

    public string ConnectionString { get; private set; } = "";

    public async Task InitializeAsync() =>
        ConnectionString = await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync();

    public Task DisposeAsync()
    {
        _directory.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>One node; each has its own connections and knows of the others by the database alone.</summary>
    public StoreHost NewNode(int pollSeconds = 5) => new(new StorageOptions
    {
        Type = StorageType.PostgreSql,
        ConnectionString = ConnectionString,
        DataDirectory = _directory.Path,
        PollSeconds = pollSeconds,
    });
}
