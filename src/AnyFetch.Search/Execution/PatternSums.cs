using AnyFetch.Search.Indexing;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>The patterns of a segment, and such as are sums of them.</summary>
internal sealed class PatternSums(PatternTable table)
{
    /// <summary>Numbers below this are most of all: their sums are looked up without hashing.</summary>
    private const int FrequentMax = 64;

    private readonly PatternTable _sums = new();
    private readonly int[] _frequent = new int[FrequentMax * FrequentMax];
    private readonly Dictionary<(int Left, int Right), int> _known = [];
    private float[] _texts = [];

    /// <summary>A pattern of the segment, or a sum.</summary>
    public ReadOnlySpan<Occurrence> this[int number] => number < table.Count ? table[number] : _sums[number - table.Count];

    /// <summary>Occurrences of those patterns and sums that are in the text only; 0 for all others.</summary>
    public ReadOnlySpan<float> Texts =>
        _texts.Length == table.Count + _sums.Count ? _texts : _texts = [.. table.Texts, .. _sums.Texts];

    /// <summary>The number of a pattern without what is in other columns than the text; -1 when nothing is left.</summary>
    public int TextOnly(int number)
    {
        if (this[number][0].Column != TermColumns.Text)
            return -1;
        return this[number].Length == 1 ? number : table.Count + _sums.Intern(this[number][..1]);
    }

    /// <summary>The number of the pattern that two make together.</summary>
    public int Add(int left, int right)
    {
        if (left < FrequentMax && right < FrequentMax)
        {
            // 0 is not known so far: a sum is never the first pattern.
            ref var frequent = ref _frequent[left * FrequentMax + right];
            return frequent != 0 ? frequent : frequent = Make(left, right);
        }

        return _known.TryGetValue((left, right), out var known) ? known : _known[(left, right)] = Make(left, right);
    }

    private int Make(int left, int right)
    {
        Span<int> counts = stackalloc int[TermColumns.CountMax];
        counts.Clear();
        foreach (var (column, count) in this[left])
            counts[column] += count;
        foreach (var (column, count) in this[right])
            counts[column] += count;
        Span<Occurrence> sum = stackalloc Occurrence[TermColumns.CountMax];
        var columns = 0;
        for (var column = 0; column < counts.Length; column++)
        {
            if (counts[column] > 0)
                sum[columns++] = new Occurrence((byte)column, counts[column]);
        }

        return table.Count + _sums.Intern(sum[..columns]);
    }
}
