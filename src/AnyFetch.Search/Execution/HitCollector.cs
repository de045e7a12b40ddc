using System.Numerics;
using AnyFetch.Core.Search;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>Takes the matches window by window: counts them, keeps the best, counts facets.</summary>
internal sealed unsafe class HitCollector(SearchRequest request)
{
    private readonly FacetCounts _facets = new();
    private readonly int[] _rows = new int[Window.RowCount];

    // One hit is kept even when none is asked for: its score is the best of all.
    private readonly HitHeap _best = new((int)Math.Max(1, Math.Min((long)request.Start + request.Limit, Array.MaxLength)));

    // The best score comes first, but the oldest date.
    private readonly bool _isDescending = request.Sort == SearchSort.Score != request.IsReversed;
    private Segment _segment = null!;
    private long _count;
    private float _scoreMax = float.MinValue;

    /// <summary>
    /// True when rows that score no more than this are none of the best, so that they only need to be counted.
    /// </summary>
    public bool IsBeyond(float bound) =>
        request.Sort == SearchSort.Score && _isDescending && _best.IsFull && KeyOf(bound) < _best.KeyMin;

    /// <summary>True when bounds may save scoring some day.</summary>
    public bool IsBounded => request.Sort == SearchSort.Score && _isDescending && _best.IsFull;

    /// <summary>True when what is none of the best need not even be counted.</summary>
    public bool IsPageOnly => request.IsPageOnly;

    public void Enter(Segment segment)
    {
        _segment = segment;
        _facets.Enter(segment);
    }

    public void Collect(Window window)
    {
        var count = 0;
        var bits = window.Bits;
        for (var i = 0; i < bits.Length; i++)
        {
            for (var left = bits[i]; left != 0; left &= left - 1)
                _rows[count++] = window.Start + (i << 6) + BitOperations.TrailingZeroCount(left);
        }

        _count += count;
        var rows = _rows.AsSpan(0, count);
        if (!request.IsPageOnly)
            _facets.Add(rows);
        if (window.IsScored)
            Rank(rows, window);
    }

    public void Leave() => _facets.Leave();

    public SearchResult Result()
    {
        if (_count == 0)
            return new SearchResult();
        var best = _best.Sorted();
        var hits = new List<SearchHit>();
        for (var i = request.Start; i < best.Length && hits.Count < request.Limit; i++)
            hits.Add(new SearchHit(new(best[i].Id), best[i].Score));
        return new SearchResult { Hits = hits, Count = _count, MaxScore = _scoreMax, Facets = _facets.ToFacets() };
    }

    private void Rank(ReadOnlySpan<int> rows, Window window)
    {
        var scores = window.Scores;
        var dates = request.Sort == SearchSort.CreationDate ? _segment.Created : _segment.Modified;
        var isByScore = request.Sort == SearchSort.Score;
        var (min, max) = (_best.KeyMin, _scoreMax);

        // Later rows mostly have later ids, which come first among equals.
        for (var i = rows.Length - 1; i >= 0; i--)
        {
            var row = rows[i];
            var score = scores[row - window.Start];
            max = score > max ? score : max;
            var key = isByScore ? KeyOf(score) : _isDescending ? dates[row] : -dates[row];
            if (key < min)
                continue;
            _best.Add(new Hit(key, _segment.Id(row).Value, score));
            min = _best.KeyMin;
        }

        _scoreMax = max;
    }

    /// <summary>Scores are never negative, so their bits sort like them.</summary>
    private long KeyOf(float score)
    {
        var key = (long)BitConverter.SingleToInt32Bits(score);
        return _isDescending ? key : -key;
    }
}
