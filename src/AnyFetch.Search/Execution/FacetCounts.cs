using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Search;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>Counts matches by type, provider and month: by number within a segment, by value over all.</summary>
internal sealed unsafe class FacetCounts
{
    private readonly Dictionary<DocumentTypeId, Bucket> _types = [];
    private readonly Dictionary<AccessTokenId, Bucket> _providers = [];
    private readonly SortedDictionary<int, Bucket> _months = [];
    private Segment _segment = null!;
    private Bucket[] _byType = [];
    private Bucket[] _byProvider = [];
    private Bucket[] _byMonth = [];

    public void Enter(Segment segment)
    {
        _segment = segment;
        _byType = new Bucket[segment.TypeValues.Count];
        _byProvider = new Bucket[segment.ProviderValues.Count];
        _byMonth = new Bucket[segment.Months.Last - segment.Months.First + 1];
    }

    public void Add(ReadOnlySpan<int> rows)
    {
        var (types, providers, months) = (_segment.Types, _segment.Providers, _segment.Months);
        var modified = _segment.Modified;
        var first = months.First;
        var (byType, byProvider, byMonth) = (_byType, _byProvider, _byMonth);
        foreach (var row in rows)
        {
            var date = modified.Stored(row) + 1;
            byType[types[row]].Add(date);
            byProvider[providers[row]].Add(date);
            byMonth[months[row] - first].Add(date);
        }
    }

    /// <summary>Ends a segment.</summary>
    public void Leave()
    {
        for (var i = 0; i < _byType.Length; i++)
            Merge(_types, _segment.TypeValues[i], WithTicks(_byType[i]));
        for (var i = 0; i < _byProvider.Length; i++)
            Merge(_providers, _segment.ProviderValues[i], WithTicks(_byProvider[i]));
        for (var i = 0; i < _byMonth.Length; i++)
            Merge(_months, _segment.Months.First + i, WithTicks(_byMonth[i]));
    }

    /// <summary>Within a segment the latest date is kept as it is stored, plus one: 0 is none.</summary>
    private Bucket WithTicks(Bucket bucket) => bucket.With(_segment.Modified.ToTicks(bucket.Latest - 1));

    public SearchFacets ToFacets() => new(
        Descending(_types, t => t.Value),
        Descending(_providers, p => p.Value),
        [.. _months.Select(m => m.Value.ToFacet(new DateTimeOffset(m.Key / 12, m.Key % 12 + 1, 1, 0, 0, 0, TimeSpan.Zero)))]);

    private static void Merge<T>(IDictionary<T, Bucket> buckets, T value, Bucket bucket)
    {
        if (bucket.Count == 0)
            return;
        buckets.TryGetValue(value, out var known);
        known.Add(bucket);
        buckets[value] = known;
    }

    private static List<Facet<T>> Descending<T>(Dictionary<T, Bucket> buckets, Func<T, ObjectId> id)
        where T : notnull =>
        [.. buckets.OrderByDescending(b => b.Value.Count).ThenBy(b => id(b.Key)).Select(b => b.Value.ToFacet(b.Key))];

    private struct Bucket
    {
        public long Latest { get; private set; }

        public int Count { get; private set; }

        public void Add(long modified)
        {
            Count++;
            if (modified > Latest)
                Latest = modified;
        }

        public void Add(Bucket other)
        {
            Count += other.Count;
            Latest = Math.Max(Latest, other.Latest);
        }

        public readonly Bucket With(long latest) => this with { Latest = latest };

        public readonly Facet<T> ToFacet<T>(T value) => new(value, Count, new DateTimeOffset(Latest, TimeSpan.Zero));
    }
}
