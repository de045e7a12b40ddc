namespace AnyFetch.Provider;

/// <summary>
/// The worker contract: makes the document of one queued item. Without it the library sends
/// <see cref="SyncItem.Upsert.Document"/> as it is. Called by several tasks at once.
/// </summary>
public interface IDocumentFetcher
{
    /// <summary>Makes the document and opens its file.</summary>
    /// <param name="item">The item as the listing yielded it, read back from the durable queue.</param>
    /// <param name="context">The account, the core, a cache and the attempt.</param>
    /// <param name="cancellationToken">Stops the task.</param>
    /// <returns>A document to send, or that the item is gone, or that it must wait.</returns>
    /// <exception cref="TokenException">The source's grant is dead; the run stops.</exception>
    /// <exception cref="SourceException">The source refused; retried when that can help.</exception>
    Task<FetchResult> FetchAsync(SyncItem.Upsert item, FetchContext context, CancellationToken cancellationToken);
}
