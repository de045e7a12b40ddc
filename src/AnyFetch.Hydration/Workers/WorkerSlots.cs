namespace AnyFetch.Hydration.Workers;

/// <summary>The places of a hydrater that all companies share.</summary>
internal sealed class WorkerSlots(IInProcessHydrater hydrater, ForegroundWork foreground, TimeSpan waitMax) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(hydrater.Concurrency, hydrater.Concurrency);

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    /// <summary>Waits for a place; in one of a hydrater in the background, also until others have gone first.</summary>
    internal async Task EnterAsync(CancellationToken cancellationToken)
    {
        Begin();
        try
        {
            await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            End();
            throw;
        }

        try
        {
            await LetOthersGoFirstAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Leave();
            throw;
        }
    }

    /// <summary>Gives a place back.</summary>
    internal void Leave()
    {
        _slots.Release();
        End();
    }

    private void Begin()
    {
        if (!hydrater.IsBackground)
        {
            foreground.Begin();
        }
    }

    private void End()
    {
        if (!hydrater.IsBackground)
        {
            foreground.End();
        }
    }

    private Task LetOthersGoFirstAsync(CancellationToken cancellationToken) =>
        hydrater.IsBackground ? foreground.WaitUntilQuietAsync(waitMax, cancellationToken) : Task.CompletedTask;
}
