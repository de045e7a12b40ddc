using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Cleaning;

public sealed class SqliteStoreCleanerTests() : StoreCleanerSuite(StoreHost.Sqlite(options => options.CleanUpRowsMax = 3));
