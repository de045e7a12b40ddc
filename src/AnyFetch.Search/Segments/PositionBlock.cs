namespace AnyFetch.Search.Segments;

/// <summary>
/// The positions of one block of postings, as they are stored: the first of each posting, and apart from these, which nearly all of
/// them have, the rest. Nothing is decoded before somebody asks. An end of a list, less than a whole block, has no firsts.
/// </summary>
internal sealed unsafe class PositionBlock
{
    // Most cursors never read positions, so these are made when they are needed.
    private int[] _firsts = [];
    private int[] _starts = [];
    private int[] _rest = [];
    private byte* _at;
    private bool _isWhole;
    private bool _hasFirsts;
    private bool _hasRest;

    /// <summary>Goes to a block.</summary>
    public void Begin(byte* at, bool isWhole)
    {
        _at = at;
        _isWhole = isWhole;
        _hasFirsts = !isWhole;
        _hasRest = false;
    }

    /// <summary>True when postings have firsts.</summary>
    public bool IsWhole => _isWhole;

    /// <summary>The first number of each posting of a whole block; nothing for others.</summary>
    public ReadOnlySpan<int> Firsts
    {
        get
        {
            if (!_hasFirsts)
                DecodeFirsts();
            return _isWhole ? _firsts : default;
        }
    }

    /// <summary>The other numbers of a posting.</summary>
    /// <param name="posting">Its place in the block.</param>
    /// <param name="patterns">Those of all postings of the block.</param>
    /// <param name="totals">How many positions patterns have.</param>
    public ReadOnlySpan<int> Rest(int posting, ReadOnlySpan<int> patterns, ReadOnlySpan<int> totals)
    {
        if (!_hasFirsts)
            DecodeFirsts();
        if (!_hasRest)
            DecodeRest(patterns, totals);
        return _rest.AsSpan(_starts[posting].._starts[posting + 1]);
    }

    private void DecodeFirsts()
    {
        if (_firsts.Length == 0)
            _firsts = new int[BitPacking.BlockSize];
        fixed (int* firsts = _firsts)
            _at = RicePacking.Read(_at, firsts);
        _hasFirsts = true;
    }

    private void DecodeRest(ReadOnlySpan<int> patterns, ReadOnlySpan<int> totals)
    {
        if (_starts.Length == 0)
            _starts = new int[BitPacking.BlockSize + 1];
        var firsts = _isWhole ? 1 : 0;
        var count = 0;
        for (var i = 0; i < patterns.Length; i++)
            _starts[i + 1] = count += totals[patterns[i]] - firsts;
        if (_rest.Length < count)
            _rest = new int[count * 2];
        RiceCode.Read(_at, _rest.AsSpan(0, count));
        _hasRest = true;
    }
}
