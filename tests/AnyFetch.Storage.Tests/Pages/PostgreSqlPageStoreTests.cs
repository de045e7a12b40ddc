using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Pages;

public sealed class PostgreSqlPageStoreTests(PostgreSqlFixture fixture)
    : PageStoreSuite(fixture.NewNode()), IClassFixture<PostgreSqlFixture>;
