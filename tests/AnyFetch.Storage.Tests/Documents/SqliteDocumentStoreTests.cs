using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Documents;

public sealed class SqliteDocumentStoreTests() : DocumentStoreSuite(StoreHost.Sqlite());
