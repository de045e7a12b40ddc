using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Locks;

public sealed class PostgreSqlLockStoreTests(PostgreSqlFixture fixture)
    : LockStoreSuite(fixture.NewNode()), IClassFixture<PostgreSqlFixture>;
