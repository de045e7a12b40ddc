using AnyFetch.Core.Search;

namespace AnyFetch.Search.Indexing;

/// <summary>Chooses a page of the matches in order, without sorting those before and after it.</summary>
internal static class HitSelector
{
    public static IReadOnlyList<SearchHit> Select(MatchList matches, RowColumns rows, SearchRequest request)
    {
        if (request.Limit <= 0 || request.Start >= matches.Count)
            return [];
        var wanted = (int)Math.Min((long)request.Start + request.Limit, matches.Count);
        var order = new Order(matches, rows, request);
        var places = wanted < matches.Count / 4 ? Best(order, matches.Count, wanted) : All(matches.Count);
        places.AsSpan().Sort(order.Compare);
        var hits = new SearchHit[wanted - request.Start];
        for (var i = 0; i < hits.Length; i++)
        {
            var place = places[request.Start + i];
            hits[i] = new SearchHit(rows.Ids[matches.Rows[place]], matches.Scores[place]);
        }

        return hits;
    }

    private static int[] All(int count)
    {
        var places = new int[count];
        for (var i = 0; i < count; i++)
            places[i] = i;
        return places;
    }

    /// <summary>Keeps the best in a heap with the worst of them on top.</summary>
    private static int[] Best(Order order, int count, int wanted)
    {
        var heap = new int[wanted];
        for (var i = 0; i < wanted; i++)
            heap[i] = i;
        for (var i = wanted / 2 - 1; i >= 0; i--)
            Sink(heap, i, order);
        for (var place = wanted; place < count; place++)
        {
            if (order.Compare(place, heap[0]) >= 0)
                continue;
            heap[0] = place;
            Sink(heap, 0, order);
        }

        return heap;
    }

    private static void Sink(int[] heap, int at, Order order)
    {
        while (true)
        {
            var worst = at;
            for (var child = 2 * at + 1; child <= 2 * at + 2 && child < heap.Length; child++)
            {
                if (order.Compare(heap[child], heap[worst]) > 0)
                    worst = child;
            }

            if (worst == at)
                return;
            (heap[at], heap[worst]) = (heap[worst], heap[at]);
            at = worst;
        }
    }

    /// <summary>Which of two matches comes first. Ties go by id, descending, in either direction.</summary>
    private sealed class Order(MatchList matches, RowColumns rows, SearchRequest request)
    {
        private readonly long[]? _dates = request.Sort switch
        {
            SearchSort.CreationDate => rows.Created,
            SearchSort.ModificationDate => rows.Modified,
            _ => null,
        };

        // The best score comes first, but the oldest date.
        private readonly bool _isDescending = request.Sort == SearchSort.Score != request.IsReversed;

        public int Compare(int left, int right)
        {
            var leftRow = matches.Rows[left];
            var rightRow = matches.Rows[right];
            var order = _dates is { } dates
                ? dates[leftRow].CompareTo(dates[rightRow])
                : matches.Scores[left].CompareTo(matches.Scores[right]);
            if (order != 0)
                return _isDescending ? -order : order;
            return rows.Ids[rightRow].Value.CompareTo(rows.Ids[leftRow].Value);
        }
    }
}
