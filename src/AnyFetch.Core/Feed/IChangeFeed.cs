using AnyFetch.Core.Companies;

namespace AnyFetch.Core.Feed;

/// <summary>
/// Every change to a document, in one total order. A document stands in it once, where it changed last; so a reader
/// that starts at the beginning sees each live document once and each deletion that is still remembered.
/// </summary>
/// <remarks>
/// The feed never shows an entry before all earlier ones can be seen: a transaction that commits late is waited for,
/// not skipped (design rule 2).
/// </remarks>
public interface IChangeFeed
{
    /// <summary>
    /// Names this store and its numbering. A reader that saved a position with another name starts over.
    /// </summary>
    ValueTask<string> GetNameAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Entries after a position in order, at most <paramref name="limit"/>, and fewer when they are large; empty only at
    /// the end. A company limits it to its own documents.
    /// </summary>
    ValueTask<IReadOnlyList<FeedEntry>> ReadAsync(
        FeedPosition after,
        int limit,
        CompanyId? company,
        CancellationToken cancellationToken);

    /// <summary>
    /// The same with documents that lack their <c>data</c> and <c>actions</c>: what is only displayed can be megabytes, and
    /// whoever makes documents searchable has no use for it.
    /// </summary>
    ValueTask<IReadOnlyList<FeedEntry>> ReadSearchableAsync(
        FeedPosition after,
        int limit,
        CompanyId? company,
        CancellationToken cancellationToken);

    /// <summary>
    /// The latest deletion that is remembered no more, of one company or of all that exist; the start when there is
    /// none. A reader that has got less far may have missed deletions and must start over. It is not before this
    /// position again once it has started over, even if the feed's last entry is.
    /// </summary>
    ValueTask<FeedPosition> GetHorizonAsync(CompanyId? company, CancellationToken cancellationToken);

    /// <summary>The position of the last entry that can be read now.</summary>
    ValueTask<FeedPosition> GetEndAsync(CancellationToken cancellationToken);

    /// <summary>Returns when there may be entries after a position: at once if there are, else on the next commit.</summary>
    ValueTask WaitAsync(FeedPosition after, CancellationToken cancellationToken);
}
