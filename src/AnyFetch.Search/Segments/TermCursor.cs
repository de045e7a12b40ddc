namespace AnyFetch.Search.Segments;

/// <summary>Walks over the terms of a segment in order.</summary>
/// <remarks>
/// A block: the offset of its first term's postings, the number of its terms; for each term the bytes it shares with
/// the one before, the length of the rest, the rest, its frequency, and the bytes of its documents and positions. The two
/// lengths before and after share a byte while they are small. The frequency is doubled: an odd byte in its place says that one row has
/// the term, and how many bytes its documents and positions take, three bits each.
/// </remarks>
internal sealed unsafe class TermCursor(TermDictionary dictionary)
{
    /// <summary>The largest number of half a byte.</summary>
    public const int HalfByteMax = 15;

    /// <summary>The largest length of a term with one row that shares its byte.</summary>
    public const int SingleBytesMax = 7;

    private readonly byte[] _term = new byte[TermDictionary.TermBytesMax];
    private int _length;
    private int _block = -1;
    private int _left;
    private byte* _at;
    private TermInfo _info;
    private long _next;

    /// <summary>The term, until the cursor moves.</summary>
    public ReadOnlySpan<byte> Term => _term.AsSpan(0, _length);

    public TermInfo Info => _info;

    /// <summary>Bytes that the term surely shares with the one before.</summary>
    public int SharedBytes { get; private set; }

    /// <summary>Moves to the first term that is not before another; false when there is none.</summary>
    public bool Seek(ReadOnlySpan<byte> term)
    {
        var block = Math.Max(dictionary.FindBlock(term), 0);
        if (block >= dictionary.BlockCount)
            return false;
        Enter(block);
        while (MoveNext())
        {
            if (Term.SequenceCompareTo(term) >= 0)
                return true;
        }

        return false;
    }

    public bool MoveNext()
    {
        while (_left == 0)
        {
            if (_block + 1 >= dictionary.BlockCount)
                return false;
            Enter(_block + 1);
        }

        _left--;
        var at = _at;
        var (shared, rest) = ReadPair(ref at);
        SharedBytes = shared;
        new ReadOnlySpan<byte>(at, rest).CopyTo(_term.AsSpan(shared));
        _length = shared + rest;
        at += rest;
        if ((*at & 1) != 0)
        {
            _info = new TermInfo(1, _next, *at >> 1 & SingleBytesMax, *at >> 4 & SingleBytesMax);
            at++;
        }
        else
        {
            var frequency = (int)(Varint.Read(ref at) >> 1);
            var (docs, positions) = ReadPair(ref at);
            _info = new TermInfo(frequency, _next, docs, positions);
        }

        _next += _info.DocsBytes + _info.PositionsBytes;
        _at = at;
        return true;
    }

    /// <summary>Two numbers of half a byte each; one of 15 goes on as a varint.</summary>
    public static (int First, int Second) ReadPair(ref byte* at)
    {
        var pair = *at++;
        var (first, second) = (pair & HalfByteMax, pair >> 4);
        if (first == HalfByteMax)
            first += (int)Varint.Read(ref at);
        if (second == HalfByteMax)
            second += (int)Varint.Read(ref at);
        return (first, second);
    }

    private void Enter(int block)
    {
        _block = block;
        _at = dictionary.Block(block);
        _next = (long)Varint.Read64(ref _at);
        _left = (int)Varint.Read(ref _at);
    }
}
