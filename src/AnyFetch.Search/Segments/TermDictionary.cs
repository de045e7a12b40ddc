namespace AnyFetch.Search.Segments;

/// <summary>
/// The terms of a segment in the order of their bytes. Blocks of them share prefixes; the first term of each block is
/// whole, so a term is found by bisecting the blocks and reading one.
/// </summary>
internal readonly unsafe struct TermDictionary(byte* blocks, byte* starts, int blockCount)
{
    /// <summary>Terms in a block.</summary>
    public const int BlockTerms = 32;

    /// <summary>Longest term, in bytes: an analysed term with its key before it, or an exact value.</summary>
    public const int TermBytesMax = 128;

    public int BlockCount => blockCount;

    /// <summary>Where a block begins.</summary>
    public byte* Block(int number) => blocks + ((uint*)starts)[number];

    /// <summary>The last block whose first term is not after a term; -1 when even the first is.</summary>
    public int FindBlock(ReadOnlySpan<byte> term)
    {
        var low = 0;
        var high = blockCount - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (First(middle).SequenceCompareTo(term) <= 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return high;
    }

    /// <summary>Where a term's postings are; none when the segment lacks it.</summary>
    public TermInfo Find(ReadOnlySpan<byte> term)
    {
        var cursor = new TermCursor(this);
        return cursor.Seek(term) && cursor.Term.SequenceEqual(term) ? cursor.Info : default;
    }

    private ReadOnlySpan<byte> First(int block)
    {
        var at = Block(block);
        Varint.Read64(ref at);
        Varint.Read(ref at);
        var length = TermCursor.ReadPair(ref at).Second;
        return new ReadOnlySpan<byte>(at, length);
    }
}
