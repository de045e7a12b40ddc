namespace AnyFetch.Provider;

/// <summary>What the library knows of one account's items. Answers are as of the call.</summary>
public interface ILedger
{
    /// <summary>One item; null when it was never queued.</summary>
    /// <param name="identifier">The document's identifier.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task<LedgerEntry?> FindAsync(string identifier, CancellationToken cancellationToken);

    /// <summary>Every item whose identifier starts with a text, in identifier order, read in pages.</summary>
    /// <param name="prefix">The beginning of the identifiers; empty for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    IAsyncEnumerable<LedgerEntry> ListAsync(string prefix, CancellationToken cancellationToken);
}
