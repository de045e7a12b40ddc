using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Accounts;

public sealed class PostgreSqlAccountStoresTests(PostgreSqlFixture fixture)
    : AccountStoresSuite(fixture.NewNode()), IClassFixture<PostgreSqlFixture>;
