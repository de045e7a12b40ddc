using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Feed;

public sealed class SqliteChangeFeedTests() : ChangeFeedSuite(StoreHost.Sqlite());
