using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Cleaning;

public sealed class PostgreSqlStoreCleanerTests(PostgreSqlFixture fixture)
    : StoreCleanerSuite(fixture.NewNode()), IClassFixture<PostgreSqlFixture>;
