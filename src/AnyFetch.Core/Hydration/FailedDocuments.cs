using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Hydraters;

namespace AnyFetch.Core.Hydration;

/// <summary>
/// The documents that a hydrater could not read. Found by walking the feed, some 100,000 documents a second, since
/// nothing else needs an index of them.
/// </summary>
public sealed class FailedDocuments(IChangeFeed feed, HydraterCatalog hydraters)
{
    /// <summary>Documents that one answer names: the latest.</summary>
    public const int ShownMax = 200;

    private const int PageEntries = 1000;

    /// <summary>Walks the feed of a company, or of all.</summary>
    public async Task<FailedDocumentList> FindAsync(CompanyId? company, CancellationToken cancellationToken)
    {
        var known = await hydraters.GetAsync(cancellationToken).ConfigureAwait(false);
        var latest = new Queue<FailedDocument>(ShownMax);
        var count = 0L;
        var position = FeedPosition.Start;
        while (true)
        {
            var entries = await feed.ReadSearchableAsync(position, PageEntries, company, cancellationToken)
                .ConfigureAwait(false);
            if (entries.Count == 0)
            {
                return new FailedDocumentList(count, [.. latest.Reverse()]);
            }

            foreach (var document in entries.Select(e => e.Document).Where(d => d?.Hydration.Error is not null))
            {
                count++;
                if (latest.Count == ShownMax)
                {
                    latest.Dequeue();
                }

                latest.Enqueue(Describe(document!, known));
            }

            position = entries[^1].Position;
        }
    }

    private static FailedDocument Describe(Document document, HydraterSet hydraters)
    {
        var hydration = document.Hydration;
        var path = document.Metadata.TryGet("path", out var value) ? value.ToString() : document.Identifier.Value;
        var hydrater = hydration.ErroredBy is { } url ? hydraters.Find(url)?.ShortName ?? url : "";
        return new FailedDocument(document, path, hydrater, hydration.Error!);
    }
}

/// <summary>What could not be read.</summary>
/// <param name="Count">How many documents.</param>
/// <param name="Latest">The latest of them, at most <see cref="FailedDocuments.ShownMax"/>.</param>
public sealed record FailedDocumentList(long Count, IReadOnlyList<FailedDocument> Latest);

/// <summary>A document that a hydrater could not read.</summary>
/// <param name="Document">The document, without what is only displayed.</param>
/// <param name="Path">Its path at the source; its identifier when it has none.</param>
/// <param name="Hydrater">The hydrater's short name, or its URL when it is registered no longer.</param>
/// <param name="Reason">What the hydrater said.</param>
public sealed record FailedDocument(Document Document, string Path, string Hydrater, string Reason);
