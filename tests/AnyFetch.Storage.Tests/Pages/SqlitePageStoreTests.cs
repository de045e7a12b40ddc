using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Pages;

public sealed class SqlitePageStoreTests() : PageStoreSuite(StoreHost.Sqlite());
