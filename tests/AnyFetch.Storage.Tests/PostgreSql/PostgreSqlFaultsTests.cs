using System.Net.Sockets;
using AnyFetch.Core.Errors;
using AnyFetch.Storage.Database;
using AnyFetch.Storage.PostgreSql;
using Npgsql;

namespace AnyFetch.Storage.Tests.PostgreSql;

public sealed class PostgreSqlFaultsTests
{
    [Fact]
    public void A_full_disk_of_the_server_is_told_as_such() =>
        Assert.Equal(StoreFailure.Full, FailureOf(Fault(PostgresErrorCodes.DiskFull)));

    [Theory]
    [InlineData(PostgresErrorCodes.TooManyConnections)]
    [InlineData(PostgresErrorCodes.AdminShutdown)]
    [InlineData(PostgresErrorCodes.CannotConnectNow)]
    [InlineData(PostgresErrorCodes.SerializationFailure)]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction)]
    public void A_server_that_cannot_work_now_is_unavailable(string state) =>
        Assert.Equal(StoreFailure.Unavailable, FailureOf(Fault(state)));

    [Fact]
    public void A_server_that_cannot_be_reached_is_unavailable()
    {
        Assert.Equal(StoreFailure.Unavailable, FailureOf(new NpgsqlException("Refused.", new SocketException(111))));
        Assert.Equal(StoreFailure.Unavailable, FailureOf(new NpgsqlException("Closed.", new IOException())));
        Assert.Equal(StoreFailure.Unavailable, FailureOf(new WriteConflictException()));
    }

    [Theory]
    [InlineData(PostgresErrorCodes.SyntaxError)]
    [InlineData(PostgresErrorCodes.UniqueViolation)]
    [InlineData(PostgresErrorCodes.UndefinedTable)]
    public void A_bug_stays_what_it_is(string state)
    {
        var fault = Fault(state);
        Assert.Same(fault, PostgreSqlFaults.Explain(fault));
    }

    [Fact]
    public void Other_faults_stay_what_they_are()
    {
        var fault = new InvalidDataException();
        Assert.Same(fault, PostgreSqlFaults.Explain(fault));
    }

    private static StoreFailure FailureOf(Exception fault) =>
        Assert.IsType<StoreFailureException>(PostgreSqlFaults.Explain(fault)).Failure;

    private static PostgresException Fault(string state) => new("It failed.", "ERROR", "ERROR", state);
}
