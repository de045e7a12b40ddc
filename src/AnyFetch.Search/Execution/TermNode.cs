using System.Numerics;
using AnyFetch.Search.Scoring;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>One term.</summary>
/// <param name="segments">The segments.</param>
/// <param name="terms">Where the term is in each.</param>
/// <param name="weight">Its significance; 0 when it only needs to be there.</param>
/// <param name="norms">The length norms of the whole index.</param>
internal sealed unsafe class TermNode(
    IReadOnlyList<SegmentRows> segments, TermInfo[] terms, float weight, LengthNorms norms) : WindowNode
{
    private readonly PostingsCursor _postings = new();
    private Segment _segment = null!;
    private float _bound;
    private bool _isThere;

    public override long Cost => _isThere ? _postings.Frequency : 0;

    public override void Enter(int segment)
    {
        _segment = segments[segment].Segment;
        _isThere = terms[segment].Frequency > 0;
        _bound = weight * norms.BoundFactor(_segment);
        if (_isThere)
            _postings.Open(_segment, terms[segment]);
    }

    public override int Seek(int row) => _isThere ? _postings.Seek(row) : PostingsCursor.End;

    public override float Bound(int start) =>
        weight == 0 || !_isThere ? 0 : _bound * _postings.BoundWithin(start, start + Window.RowCount);

    public override void Fill(Window window, ReadOnlySpan<ulong> mask)
    {
        var end = window.Start + Window.RowCount;
        if (!_isThere || !_postings.SeekBlock(window.Start))
            return;
        do
        {
            if (_postings.BlockFirst >= end)
                return;
            if (HasAny(mask, _postings.BlockFirst - window.Start, _postings.BlockLast - window.Start))
            {
                _postings.DecodeBlock();
                FillBlock(window, mask);
            }

            // A block that goes on in the next window is needed there again.
            if (_postings.BlockLast >= end)
                return;
        }
        while (_postings.NextBlock());
    }

    private static bool HasAny(ReadOnlySpan<ulong> mask, int first, int last)
    {
        first = Math.Max(first, 0) >> 6;
        last = Math.Min(last, Window.RowCount - 1) >> 6;
        return last >= first && mask[first..(last + 1)].IndexOfAnyExcept(0UL) >= 0;
    }

    private void FillBlock(Window window, ReadOnlySpan<ulong> mask)
    {
        Span<ulong> places = stackalloc ulong[PostingsCursor.PlaceWords];
        _postings.FindPlaces(window.Start, mask, places);
        if (weight != 0 && window.IsScored)
        {
            FillScored(window, places);
            return;
        }

        var rows = _postings.Rows;
        var bits = window.Bits;
        for (var word = 0; word < places.Length; word++)
        {
            for (var left = places[word]; left != 0; left &= left - 1)
            {
                var at = rows[(word << 6) + BitOperations.TrailingZeroCount(left)] - window.Start;
                bits[at >> 6] |= 1UL << at;
            }
        }
    }

    private void FillScored(Window window, ReadOnlySpan<ulong> places)
    {
        if (places.IndexOfAnyExcept(0UL) < 0)
            return;
        var rows = _postings.Rows;
        var patterns = _postings.Patterns;
        var bits = window.Bits;
        var scores = window.Scores;
        var start = window.Start;
        var texts = _segment.Patterns.Texts;
        var lengths = _segment.TextLengths;
        var starred = _segment.Starred;
        var (textBase, textSlope) = (Relevance.Saturation * norms.TextBase, Relevance.Saturation * norms.TextSlope);
        var factor = weight * (Relevance.Saturation + 1);
        for (var word = 0; word < places.Length; word++)
        {
            for (var left = places[word]; left != 0; left &= left - 1)
            {
                var place = (word << 6) + BitOperations.TrailingZeroCount(left);
                var row = rows[place];
                var at = row - start;
                bits[at >> 6] |= 1UL << at;
                var occurrences = texts[patterns[place]];
                var score = occurrences > 0
                    ? factor * occurrences / (occurrences + textBase + textSlope * lengths[row])
                    : weight * Score(patterns[place], row);
                scores[at] += starred is not null && starred[row] != 0 ? score * Relevance.StarredFactor : score;
            }
        }
    }

    /// <summary>What a pattern that is not of the text alone is worth in a row.</summary>
    private float Score(int pattern, int row) => _segment.Patterns.Score(
        pattern, norms.Text(_segment.TextLengths[row]), norms.Fields(_segment.FieldsLengths[row]));
}
