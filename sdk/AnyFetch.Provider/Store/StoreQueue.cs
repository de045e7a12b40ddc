using System.Threading.Channels;
using AnyFetch.Sqlite;

namespace AnyFetch.Provider.Store;

/// <summary>
/// Runs every store operation on one thread of work, many in one durable transaction: while a commit waits for the disk
/// the next operations gather. An operation sees the effects of all that were queued before it.
/// </summary>
internal sealed class StoreQueue : IAsyncDisposable
{
    private const int PendingMax = 4096;
    private const int GroupMax = 512;

    private readonly Channel<Operation> _pending = Channel.CreateBounded<Operation>(
        new BoundedChannelOptions(PendingMax) { SingleReader = true });

    private readonly SqliteConnection _connection;
    private readonly Task _loop;

    public StoreQueue(SqliteConnection connection)
    {
        _connection = connection;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Queues an operation and waits until it is durable.</summary>
    public async Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        var operation = new Operation<T>(work);
        await _pending.Writer.WriteAsync(operation, cancellationToken);

        // A queued operation is never half-cancelled: the caller may stop waiting, the effect stays whole.
        return await operation.Result.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Queues an operation and waits until it is durable.</summary>
    public Task RunAsync(Action<SqliteConnection> work, CancellationToken cancellationToken) =>
        RunAsync(
            connection =>
            {
                work(connection);
                return true;
            },
            cancellationToken);

    /// <summary>Queues an operation without waiting for it; the task that is returned inside completes when it is durable.</summary>
    public async ValueTask<Task> PostAsync(Action<SqliteConnection> work, CancellationToken cancellationToken)
    {
        var operation = new Operation<bool>(connection =>
        {
            work(connection);
            return true;
        });
        await _pending.Writer.WriteAsync(operation, cancellationToken);
        return operation.Result.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _pending.Writer.TryComplete();
        await _loop;
        await _connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var group = new List<Operation>(GroupMax);
        while (await _pending.Reader.WaitToReadAsync())
        {
            while (group.Count < GroupMax && _pending.Reader.TryRead(out var operation))
            {
                group.Add(operation);
            }

            if (!TryCommit(group))
            {
                // One of them failed and took the others' transaction along: each gets its own.
                foreach (var operation in group)
                {
                    CommitAlone(operation);
                }
            }

            group.Clear();
        }
    }

    private bool TryCommit(List<Operation> group)
    {
        try
        {
            using (var transaction = _connection.BeginTransaction())
            {
                group.ForEach(operation => operation.Execute(_connection));
                transaction.Commit();
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && group.Count > 1)
        {
            return false;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            group[0].Fail(failure);
            return true;
        }

        group.ForEach(operation => operation.Complete());
        return true;
    }

    private void CommitAlone(Operation operation)
    {
        try
        {
            using (var transaction = _connection.BeginTransaction())
            {
                operation.Execute(_connection);
                transaction.Commit();
            }

            operation.Complete();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            operation.Fail(failure);
        }
    }

    private abstract class Operation
    {
        public abstract void Execute(SqliteConnection connection);

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    private sealed class Operation<T>(Func<SqliteConnection, T> work) : Operation
    {
        private T _value = default!;

        public TaskCompletionSource<T> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Execute(SqliteConnection connection) => _value = work(connection);

        public override void Complete() => Result.TrySetResult(_value);

        public override void Fail(Exception failure) => Result.TrySetException(failure);
    }
}
