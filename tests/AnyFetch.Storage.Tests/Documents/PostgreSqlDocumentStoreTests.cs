using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Documents;

public sealed class PostgreSqlDocumentStoreTests(PostgreSqlFixture fixture)
    : DocumentStoreSuite(fixture.NewNode()), IClassFixture<PostgreSqlFixture>;
