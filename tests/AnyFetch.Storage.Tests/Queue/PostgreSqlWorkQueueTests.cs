using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Queue;

public sealed class PostgreSqlWorkQueueTests(PostgreSqlFixture fixture)
    : WorkQueueSuite(fixture.NewNode()), IClassFixture<PostgreSqlFixture>;
