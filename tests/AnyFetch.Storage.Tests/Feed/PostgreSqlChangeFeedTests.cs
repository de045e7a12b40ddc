using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Feed;

public sealed class PostgreSqlChangeFeedTests(PostgreSqlFixture fixture)
    : ChangeFeedSuite(fixture.NewNode()), IClassFixture<PostgreSqlFixture>;
