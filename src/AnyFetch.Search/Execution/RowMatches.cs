namespace AnyFetch.Search.Execution;

/// <summary>Rows of one segment with what each is worth before significance; ascending.</summary>
internal sealed class RowMatches
{
    private int[] _rows = [];
    private float[] _worths = [];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    public ReadOnlySpan<float> Worths => _worths.AsSpan(0, Count);

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
}
