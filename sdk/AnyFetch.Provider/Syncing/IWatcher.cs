namespace AnyFetch.Provider;

/// <summary>
/// Notices changes while the host runs. A notice only starts an incremental run, debounced by
/// <see cref="AnyFetchProviderOptions.DebounceSeconds"/>: a missed one costs time, never data.
/// </summary>
public interface IWatcher
{
    /// <summary>Watches one account until it is cancelled. When it ends or throws, it is started again after a minute.</summary>
    /// <param name="account">The account.</param>
    /// <param name="changed">Call it at each notice; cheap, never throws.</param>
    /// <param name="cancellationToken">The account was removed, or the host stops.</param>
    Task WatchAsync(SourceAccount account, Action changed, CancellationToken cancellationToken);
}
