using System.Numerics;
using AnyFetch.Search.Scoring;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>
/// Rows of one segment with what each is worth before significance; ascending. What takes computing is only computed for
/// rows whose worth somebody wants to know.
/// </summary>
internal sealed unsafe class RowMatches
{
    private readonly Segment? _segment;
    private readonly PatternSums? _sums;
    private readonly LengthNorms? _norms;
    private int[] _rows = [];
    private float[] _worths = [];
    private int[] _patterns = [];

    /// <summary>Rows whose worth is told with each.</summary>
    public RowMatches()
    {
    }

    /// <summary>Rows of a segment whose pattern tells their worth.</summary>
    public RowMatches(Segment segment, PatternSums sums, LengthNorms norms, int capacity)
    {
        (_segment, _sums, _norms) = (segment, sums, norms);
        _rows = new int[capacity];
        _patterns = new int[capacity];
    }

    public int Count { get; private set; }

    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>The most that a match from one place to another is worth; infinite when it is not known.</summary>
    public float Bound(int from, int end)
    {
        if (_sums is not null)
            return from < end ? float.PositiveInfinity : 0;
        var best = 0f;
        for (var i = from; i < end; i++)
            best = Math.Max(best, _worths[i]);
        return best;
    }

    /// <summary>Adds matches that a mask has to a window, with what they are worth times a weight.</summary>
    public void AddTo(Window window, ReadOnlySpan<ulong> mask, Range matches, float weight)
    {
        var bits = window.Bits;
        var scores = window.Scores;
        var start = window.Start;
        var texts = _sums is null ? default : _sums.Texts;
        var lengths = _sums is null ? null : _segment!.TextLengths;
        var starred = _sums is null ? null : _segment!.Starred;
        var (factor, textBase, textSlope) = (weight * (Relevance.Saturation + 1),
            Relevance.Saturation * (_norms?.TextBase ?? 0), Relevance.Saturation * (_norms?.TextSlope ?? 0));
        Span<int> kept = stackalloc int[Window.RowCount];
        foreach (var i in Keep(matches, start, mask, kept))
        {
            var at = _rows[i] - start;
            bits[at >> 6] |= 1UL << at;
            if (lengths is null || texts[_patterns[i]] is not (> 0 and var occurrences))
            {
                scores[at] += weight * Worth(i);
                continue;
            }

            // Nearly all are in the text only.
            var score = factor * occurrences / (occurrences + textBase + textSlope * lengths[_rows[i]]);
            scores[at] += starred is not null && starred[_rows[i]] != 0 ? score * Relevance.StarredFactor : score;
        }
    }

    /// <summary>The matches that a window's mask has. Nobody could foretell which, so there is no branch to foretell wrongly.</summary>
    private ReadOnlySpan<int> Keep(Range matches, int start, ReadOnlySpan<ulong> mask, Span<int> kept)
    {
        var (first, count) = matches.GetOffsetAndLength(Count);
        var next = 0;
        for (var i = first; i < first + count; i++)
        {
            var at = _rows[i] - start;
            kept[next] = i;
            next += (int)(mask[at >> 6] >> at & 1);
        }

        return kept[..next];
    }

    private float Worth(int at) =>
        _sums is null ? _worths[at] : _norms!.Worth(_segment!, _rows[at], _sums[_patterns[at]]);

    public void Add(int row, float worth)
    {
        if (Count == _rows.Length)
        {
            var capacity = Math.Max(64, Count * 2);
            Array.Resize(ref _rows, capacity);
            Array.Resize(ref _worths, capacity);
        }

        _rows[Count] = row;
        _worths[Count++] = worth;
    }

    /// <summary>Adds what was found in a window, with what it scored.</summary>
    public void Add(Window window)
    {
        for (var word = 0; word < window.Bits.Length; word++)
        {
            for (var left = window.Bits[word]; left != 0; left &= left - 1)
            {
                var at = (word << 6) + BitOperations.TrailingZeroCount(left);
                Add(window.Start + at, window.Scores[at]);
            }
        }
    }

    /// <summary>Adds a row with its pattern; there must be room.</summary>
    public void AddPattern(int row, int pattern)
    {
        _rows[Count] = row;
        _patterns[Count++] = pattern;
    }
}
