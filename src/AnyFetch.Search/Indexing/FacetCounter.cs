using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Search;

namespace AnyFetch.Search.Indexing;

/// <summary>Counts matches by type, provider and month.</summary>
internal static class FacetCounter
{
    public static SearchFacets Count(
        ReadOnlySpan<int> matches,
        RowColumns rows,
        ValueTable<DocumentTypeId> types,
        ValueTable<AccessTokenId> providers)
    {
        if (matches.IsEmpty)
            return SearchFacets.Empty;
        var byType = new Bucket[types.Count];
        var byProvider = new Bucket[providers.Count];
        var (first, last) = Range(matches, rows.Months);
        var byMonth = new Bucket[last - first + 1];
        foreach (var row in matches)
        {
            var modified = rows.Modified[row];
            byType[rows.Types[row]].Add(modified);
            byProvider[rows.Providers[row]].Add(modified);
            byMonth[rows.Months[row] - first].Add(modified);
        }

        return new SearchFacets(
            Descending(byType, i => types[i], t => t.Value),
            Descending(byProvider, i => providers[i], p => p.Value),
            Months(byMonth, first));
    }

    /// <summary>Counts the months of a date from year 0.</summary>
    public static int Month(long utcTicks)
    {
        var date = new DateTime(utcTicks, DateTimeKind.Utc);
        return date.Year * 12 + date.Month - 1;
    }

    private static (int First, int Last) Range(ReadOnlySpan<int> matches, int[] months)
    {
        var first = int.MaxValue;
        var last = int.MinValue;
        foreach (var row in matches)
        {
            first = Math.Min(first, months[row]);
            last = Math.Max(last, months[row]);
        }

        return (first, last);
    }

    private static List<Facet<T>> Descending<T>(Bucket[] buckets, Func<int, T> value, Func<T, Core.Ids.ObjectId> id)
    {
        var facets = new List<Facet<T>>();
        for (var i = 0; i < buckets.Length; i++)
        {
            if (buckets[i].Count > 0)
                facets.Add(buckets[i].ToFacet(value(i)));
        }

        facets.Sort((a, b) => b.Count != a.Count ? b.Count.CompareTo(a.Count) : id(a.Value).CompareTo(id(b.Value)));
        return facets;
    }

    private static List<Facet<DateTimeOffset>> Months(Bucket[] buckets, int first)
    {
        var facets = new List<Facet<DateTimeOffset>>();
        for (var i = 0; i < buckets.Length; i++)
        {
            var month = first + i;
            if (buckets[i].Count > 0)
                facets.Add(buckets[i].ToFacet(new DateTimeOffset(month / 12, month % 12 + 1, 1, 0, 0, 0, TimeSpan.Zero)));
        }

        return facets;
    }

    private struct Bucket
    {
        private long _latest;

        public int Count { get; private set; }

        public void Add(long modified)
        {
            Count++;
            _latest = Math.Max(_latest, modified);
        }

        public readonly Facet<T> ToFacet<T>(T value) => new(value, Count, new DateTimeOffset(_latest, TimeSpan.Zero));
    }
}
