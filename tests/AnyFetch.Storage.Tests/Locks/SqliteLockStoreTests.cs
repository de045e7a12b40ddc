using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Locks;

public sealed class SqliteLockStoreTests() : LockStoreSuite(StoreHost.Sqlite());
