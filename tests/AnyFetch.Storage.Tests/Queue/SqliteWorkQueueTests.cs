using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Queue;

public sealed class SqliteWorkQueueTests() : WorkQueueSuite(StoreHost.Sqlite());
