namespace AnyFetch.Storage.Database;

/// <summary>Waiting for a signal, bounded by a time after which one looks by oneself.</summary>
internal static class Waiting
{
    /// <summary>Returns when the signal is set off or the time is over, whichever comes first.</summary>
    public static async ValueTask WaitAtMostAsync(
        this Task signal,
        TimeSpan time,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(time, timeProvider, stop.Token);
        await Task.WhenAny(signal, delay).ConfigureAwait(false);
        // The timer of a delay that lost must not live on.
        await stop.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
