using AnyFetch.Search.Indexing;
using AnyFetch.Search.Scoring;

namespace AnyFetch.Search.Segments;

/// <summary>
/// The different ways in which terms stand in documents: twice in the text; once in the text and once in a column of
/// boost 4. There are few of them, so a posting only holds the number of one, and a number tells at once what a posting is
/// worth.
/// </summary>
internal sealed class PatternTable
{
    /// <summary>More occurrences in one column count no more.</summary>
    private const int OccurrencesMax = 255;

    private readonly Dictionary<ulong, int> _numbers = [];
    private Occurrence[] _occurrences = new Occurrence[256];
    private int[] _starts = new int[129];
    private int[] _totals = new int[128];
    private float[] _texts = new float[128];
    private long[] _uses = new long[128];

    /// <summary>Different patterns.</summary>
    public int Count { get; private set; }

    /// <summary>The column occurrences of a pattern, in the order of columns.</summary>
    public ReadOnlySpan<Occurrence> this[int number] =>
        _occurrences.AsSpan(_starts[number].._starts[number + 1]);

    /// <summary>How many positions a posting of this pattern has.</summary>
    public int Total(int number) => _totals[number];

    /// <summary>Postings that have the pattern.</summary>
    public long Uses(int number) => _uses[number];

    /// <summary>Totals of all patterns by number.</summary>
    public ReadOnlySpan<int> Totals => _totals.AsSpan(0, Count);

    /// <summary>Occurrences of those patterns that are in the text only; 0 for all others.</summary>
    public ReadOnlySpan<float> Texts => _texts.AsSpan(0, Count);

    public void Use(int number, long times = 1) => _uses[number] += times;

    /// <summary>The number of a pattern, a new one if need be.</summary>
    public int Intern(ReadOnlySpan<Occurrence> pattern)
    {
        var key = Key(pattern);
        while (_numbers.TryGetValue(key, out var number))
        {
            if (this[number].SequenceEqual(pattern))
                return number;
            key++;
        }

        _numbers.Add(key, Count);
        return Add(pattern);
    }

    /// <summary>The number of the pattern that positions of one posting make, which are in the order of columns.</summary>
    public int Intern(ReadOnlySpan<uint> positions)
    {
        Span<Occurrence> pattern = stackalloc Occurrence[TermColumns.CountMax];
        var columns = 0;
        for (var i = 0; i < positions.Length;)
        {
            var column = TermPosition.Column(positions[i]);
            var first = i;
            while (i < positions.Length && TermPosition.Column(positions[i]) == column)
                i++;
            pattern[columns++] = new Occurrence((byte)column, i - first);
        }

        return Intern(pattern[..columns]);
    }

    /// <summary>
    /// What a posting is worth before its term's significance.
    /// </summary>
    /// <param name="number">Its pattern.</param>
    /// <param name="textNorm">The document's length norm in the text.</param>
    /// <param name="fieldsNorm">The document's length norm in the other columns.</param>
    public float Score(int number, float textNorm, float fieldsNorm) => Score(this[number], textNorm, fieldsNorm);

    /// <summary>The worth of occurrences, of whatever patterns they are the sum.</summary>
    public static float Score(ReadOnlySpan<Occurrence> pattern, float textNorm, float fieldsNorm)
    {
        var sum = 0f;
        foreach (var (column, count) in pattern)
        {
            sum += TermColumns.Weights[column] * Relevance.Frequency(
                Math.Min(count, OccurrencesMax), column == TermColumns.Text ? textNorm : fieldsNorm);
        }

        return sum;
    }

    /// <summary>Adds the patterns of another table; returns their numbers here.</summary>
    public int[] Add(PatternTable other)
    {
        var numbers = new int[other.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Intern(other[i]);
            Use(numbers[i], other._uses[i]);
        }

        return numbers;
    }

    /// <summary>The same patterns, the most used first, so that numbers are small; and each one's new number.</summary>
    public (PatternTable Table, int[] Numbers) Ranked()
    {
        var order = Enumerable.Range(0, Count).OrderByDescending(i => _uses[i]).ToArray();
        var table = new PatternTable();
        var numbers = new int[Count];
        foreach (var i in order)
        {
            numbers[i] = table.Intern(this[i]);
            table.Use(numbers[i], _uses[i]);
        }

        return (table, numbers);
    }

    public void Write(ByteSink sink)
    {
        sink.WriteVarint((ulong)Count);
        for (var i = 0; i < Count; i++)
        {
            sink.WriteVarint((ulong)_uses[i]);
            var pattern = this[i];
            sink.WriteVarint((ulong)pattern.Length);
            foreach (var (column, count) in pattern)
            {
                sink.Write(column);
                sink.WriteVarint((ulong)count);
            }
        }
    }

    public static unsafe PatternTable Read(byte* at)
    {
        var table = new PatternTable();
        Span<Occurrence> pattern = stackalloc Occurrence[TermColumns.CountMax];
        for (var left = (int)Varint.Read(ref at); left > 0; left--)
        {
            var uses = (long)Varint.Read64(ref at);
            var columns = (int)Varint.Read(ref at);
            for (var i = 0; i < columns; i++)
            {
                var column = *at++;
                pattern[i] = new Occurrence(column, (int)Varint.Read(ref at));
            }

            table.Use(table.Intern(pattern[..columns]), uses);
        }

        return table;
    }

    private int Add(ReadOnlySpan<Occurrence> pattern)
    {
        var number = Count++;
        if (number == _totals.Length)
        {
            Array.Resize(ref _starts, number * 2 + 1);
            Array.Resize(ref _totals, number * 2);
            Array.Resize(ref _texts, number * 2);
            Array.Resize(ref _uses, number * 2);
        }

        var start = _starts[number];
        while (start + pattern.Length > _occurrences.Length)
            Array.Resize(ref _occurrences, _occurrences.Length * 2);
        pattern.CopyTo(_occurrences.AsSpan(start));
        _starts[number + 1] = start + pattern.Length;
        foreach (var (_, count) in pattern)
            _totals[number] += count;
        _texts[number] = pattern is [{ Column: TermColumns.Text } only] ? Math.Min(only.Count, OccurrencesMax) : 0;
        return number;
    }

    private static ulong Key(ReadOnlySpan<Occurrence> pattern)
    {
        var key = (ulong)pattern.Length;
        foreach (var (column, count) in pattern)
            key = (key ^ ((ulong)count << 4 | column)) * 0x9E3779B97F4A7C15 ^ key >> 29;
        return key;
    }
}
