using System.Collections.Concurrent;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Search.Mapping;
using AnyFetch.Search.Segments;
using AnyFetch.Search.Writing;

namespace AnyFetch.Search.Commits;

/// <summary>
/// Applies changes: what arrives together becomes a small segment in memory, and what it replaces dies where it is. One
/// thread at a time, which holds the index's writing lock.
/// </summary>
internal sealed class IndexWriter(SegmentStore store, SegmentBuilders builders)
{
    /// <summary>Rows that are merged while changes wait: a tenth of a second.</summary>
    private const int MergedRowsMax = 4_096;

    /// <summary>A document that fails so often one after the other is set aside, so that the others can go on.</summary>
    private const int TriesMax = 3;

    /// <summary>Segments that are being merged in the background, which must not be merged here.</summary>
    public ConcurrentDictionary<Segment, bool> Busy { get; } = [];

    /// <summary>How far in the feed the index is.</summary>
    public FeedPosition Position { get; private set; } = store.FlushedTo;

    /// <summary>Segments in memory that are not being written to a file.</summary>
    public IReadOnlyList<SegmentRows> Memory =>
        [.. store.Segments.Where(s => s.Segment.FileName is null && !Busy.ContainsKey(s.Segment))];

    /// <summary>Applies what comes after the position, all of it or, when it is given up, nothing.</summary>
    public void Apply(IReadOnlyList<FeedEntry> entries, Mappings mappings, CancellationToken cancellationToken)
    {
        var last = Last(entries);
        if (last.Count == 0)
            return;
        Publish(last, Build(last, mappings, cancellationToken));
        Position = entries[^1].Position;
        MergeMemory();
    }

    /// <summary>Moves the position alone.</summary>
    public void Advance(FeedPosition position) => Position = FeedPosition.Max(Position, position);

    /// <summary>The last entry of each document, in the feed's order, of those after the position.</summary>
    private List<FeedEntry> Last(IReadOnlyList<FeedEntry> entries)
    {
        var seen = new HashSet<DocumentId>();
        var last = new List<FeedEntry>();
        for (var i = entries.Count - 1; i >= 0 && entries[i].Position > Position; i--)
        {
            if (seen.Add(entries[i].Id))
                last.Add(entries[i]);
        }

        last.Reverse();
        return last;
    }

    private Segment? Build(List<FeedEntry> entries, Mappings mappings, CancellationToken cancellationToken)
    {
        var builder = builders.Rent();
        try
        {
            foreach (var entry in entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (entry.Document is { } document && TryAdd(builder, document, mappings) is { } failure)
                    store.SetAside.Add(entry.Id, failure);
                else
                    store.SetAside.Remove(entry.Id);
            }

            return builder.RowCount > 0 ? builder.Build() : null;
        }
        finally
        {
            builders.Return(builder);
        }
    }

    /// <summary>
    /// Adds a document, or returns what failed the last time that it was tried. A want of memory is no fault of the document.
    /// </summary>
    private static Exception? TryAdd(SegmentBuilder builder, Document document, Mappings mappings)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                builder.Add(document, mappings.Of(document.Type));
                return null;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                if (tries == TriesMax)
                    return e;
            }
        }
    }

    private void Publish(List<FeedEntry> changed, Segment? added)
    {
        var dead = new Dictionary<int, List<int>>();
        foreach (var entry in changed)
        {
            var (segment, row) = store.Find(entry.Id);
            if (row < 0)
                continue;
            if (!dead.TryGetValue(segment, out var rows))
                dead.Add(segment, rows = []);
            rows.Add(row);
        }

        List<SegmentRows> segments =
            [.. store.Segments.Select((s, i) => dead.TryGetValue(i, out var rows) ? s.Without(rows) : s)];
        if (added is not null)
            segments.Add(SegmentRows.All(added));
        store.Publish(segments);
        added?.Dispose();
    }

    /// <summary>Keeps the segments in memory few. What would hold changes up is left to the next flush, which merges them all.</summary>
    private void MergeMemory()
    {
        while (MergePolicy.Choose(Memory) is { Count: > 0 } chosen && chosen.Sum(s => s.LiveCount) <= MergedRowsMax)
        {
            using var merged = chosen.All(s => s.LiveCount == 0) ? null : SegmentMerger.Merge(chosen, CancellationToken.None);
            store.Replace(chosen, merged);
        }
    }
}
