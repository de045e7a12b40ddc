namespace AnyFetch.Provider;

/// <summary>
/// The sync contract (provider-protocol, section 8): the one thing that every provider must say, namely what changed at
/// its source. Connection (<see cref="IConnector"/> or <see cref="ISetupForm"/>) is the other half; the rest is optional.
/// </summary>
public interface IProvider
{
    /// <summary>
    /// Lists what changed since <see cref="SyncContext.Cursor"/>, newest first, as a stream that is never held whole.
    /// Everything yielded before a <see cref="SyncItem.Checkpoint"/> is durably queued before the cursor is stored.
    /// </summary>
    /// <param name="context">The account, the cursor and what is known already.</param>
    /// <param name="cancellationToken">Stops the listing: the account was removed, reset, or the host stops.</param>
    /// <exception cref="TokenException">The source's grant is dead: a person must reconnect.</exception>
    /// <exception cref="CursorExpiredException">The cursor is too old: the library starts a full listing.</exception>
    /// <exception cref="SourceException">The source refused; retried when that can help.</exception>
    IAsyncEnumerable<SyncItem> SyncAsync(SyncContext context, CancellationToken cancellationToken);
}
