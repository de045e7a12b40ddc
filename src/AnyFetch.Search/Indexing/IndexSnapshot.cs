using AnyFetch.Core.Documents;
using AnyFetch.Search.Execution;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Indexing;

/// <summary>
/// An index as it is at one moment. Whoever reads it rents it, so that the segments stay until the last reader has gone.
/// </summary>
internal sealed class IndexSnapshot : IDisposable
{
    private int _users = 1;

    public IndexSnapshot(IReadOnlyList<SegmentRows> segments)
    {
        Segments = segments;
        long text = 0;
        long fields = 0;
        foreach (var segment in segments)
        {
            if (!segment.Segment.TryRent())
                throw new InvalidOperationException("A segment was let go while it is in the index.");
            LiveCount += segment.LiveCount;
            text += segment.TextTerms;
            fields += segment.FieldsTerms;
        }

        var count = Math.Max(LiveCount, 1);
        Norms = new LengthNorms(Math.Max(1f, (float)text / count), Math.Max(1f, (float)fields / count));
    }

    public IReadOnlyList<SegmentRows> Segments { get; }

    /// <summary>Documents.</summary>
    public int LiveCount { get; }

    public LengthNorms Norms { get; }

    /// <summary>Keeps it until <see cref="Dispose"/> is called once more; false when it is gone.</summary>
    public bool TryRent()
    {
        for (var users = Volatile.Read(ref _users); users > 0; users = Volatile.Read(ref _users))
        {
            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users)
                return true;
        }

        return false;
    }

    /// <summary>The segment and the row of a document; -1 when it is in none.</summary>
    public (int Segment, int Row) Find(DocumentId id)
    {
        // Changes are mostly of what came last.
        for (var i = Segments.Count - 1; i >= 0; i--)
        {
            if (Segments[i].Find(id) is var row and >= 0)
                return (i, row);
        }

        return (-1, -1);
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) > 0)
            return;
        foreach (var segment in Segments)
            segment.Segment.Dispose();
    }
}
