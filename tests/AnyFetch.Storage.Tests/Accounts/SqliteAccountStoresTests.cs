using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Accounts;

public sealed class SqliteAccountStoresTests() : AccountStoresSuite(StoreHost.Sqlite());
