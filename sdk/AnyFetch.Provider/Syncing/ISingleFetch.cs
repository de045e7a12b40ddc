namespace AnyFetch.Provider;

/// <summary>
/// Finds one item by its identifier, for <c>POST /update/{identifier}</c>. Without it the library walks a full listing.
/// </summary>
public interface ISingleFetch
{
    /// <summary>The item as a listing would yield it; null when the source has none.</summary>
    /// <param name="identifier">The document's identifier.</param>
    /// <param name="context">The account.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task<SyncItem.Upsert?> FindAsync(string identifier, SyncContext context, CancellationToken cancellationToken);
}
