using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Hydraters;

namespace AnyFetch.Server.Operator;

/// <summary>
/// The documents that a hydrater could not read. Found by walking the feed, some 100,000 documents a second, since
/// nothing else needs an index of them.
/// </summary>
internal sealed class FailedDocuments(IChangeFeed feed, HydraterCatalog hydraters)
{
    /// <summary>Documents that one answer names: the latest.</summary>
    public const int ShownMax = 200;

    private const int PageEntries = 1000;

    public async Task<OperatorFailures> FindAsync(CancellationToken cancellationToken)
    {
        var known = await hydraters.GetAsync(cancellationToken).ConfigureAwait(false);
        var latest = new Queue<OperatorFailure>(ShownMax);
        var count = 0L;
        var position = FeedPosition.Start;
        while (true)
        {
            var entries = await feed.ReadAsync(position, PageEntries, null, cancellationToken).ConfigureAwait(false);
            if (entries.Count == 0)
            {
                return new OperatorFailures(count, [.. latest.Reverse()]);
            }

            foreach (var document in entries.Select(e => e.Document).Where(d => d?.Hydration.Error is not null))
            {
                count++;
                if (latest.Count == ShownMax)
                {
                    latest.Dequeue();
                }

                latest.Enqueue(View(document!, known));
            }

            position = entries[^1].Position;
        }
    }

    private static OperatorFailure View(Document document, HydraterSet hydraters)
    {
        var hydration = document.Hydration;
        var path = document.Metadata.TryGet("path", out var value) ? value.ToString() : document.Identifier.Value;
        var hydrater = hydration.ErroredBy is { } url ? hydraters.Find(url)?.ShortName ?? url : "";
        return new OperatorFailure(document.Id.ToString(), path, hydrater, hydration.Error!);
    }
}
