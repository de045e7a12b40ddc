using System.Threading.Tasks.Sources;

namespace AnyFetch.Storage.Database;

/// <summary>One caller's part of a shared transaction.</summary>
internal abstract class WriteOperation
{
    /// <summary>Does the work in the current transaction. It may be called again after a rollback.</summary>
    public abstract void Run(ISqlSession session);

    /// <summary>Hands the result to the caller; the transaction is durable.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that nothing of its work was kept.</summary>
    public abstract void Fail(Exception fault);

    /// <summary>True when the caller gave up before the work began.</summary>
    public abstract bool IsAbandoned { get; }
}

/// <inheritdoc/>
internal sealed class WriteOperation<T>(Func<ISqlSession, T> work, CancellationToken cancellationToken)
    : WriteOperation, IValueTaskSource<T>
{
    // Continuations run elsewhere: the writer's thread has the next transaction to do.
    private ManualResetValueTaskSourceCore<T> _source = new() { RunContinuationsAsynchronously = true };
    private T _result = default!;

    public ValueTask<T> Task => new(this, _source.Version);

    public override bool IsAbandoned => cancellationToken.IsCancellationRequested;

    public override void Run(ISqlSession session) => _result = work(session);

    public override void Complete() => _source.SetResult(_result);

    public override void Fail(Exception fault) => _source.SetException(fault);

    public T GetResult(short token) => _source.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags) => _source.OnCompleted(continuation, state, token, flags);
}
