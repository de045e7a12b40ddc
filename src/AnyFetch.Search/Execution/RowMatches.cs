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

    /// <summary>What a match is worth.</summary>
    public float Worth(int at)
    {
        if (_sums is null)
            return _worths[at];
        var (row, pattern) = (_rows[at], _patterns[at]);
        var inText = _sums.InText(pattern);
        if (inText == 0)
            return _norms!.Worth(_segment!, row, _sums[pattern]);
        var worth = Relevance.Frequency(inText, _norms!.Text(_segment!.TextLengths[row]));
        return _segment.Starred is not null && _segment.Starred[row] != 0 ? worth * Relevance.StarredFactor : worth;
    }

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

    /// <summary>Adds a row with its pattern; there must be room.</summary>
    public void AddPattern(int row, int pattern)
    {
        _rows[Count] = row;
        _patterns[Count++] = pattern;
    }
}
