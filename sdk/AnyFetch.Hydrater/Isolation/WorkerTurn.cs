namespace AnyFetch.Hydrater.Isolation;

/// <summary>The right to use a worker, which ends with the task.</summary>
internal sealed class WorkerTurn(SemaphoreSlim turns) : IDisposable
{
    private SemaphoreSlim? _turns = turns;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _turns, null)?.Release();
}
