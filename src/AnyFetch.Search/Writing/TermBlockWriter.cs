using System.Runtime.InteropServices;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Writing;

/// <summary>Writes the dictionary: terms in order, in blocks whose terms share prefixes. Its form is told at <see cref="TermCursor"/>.</summary>
internal sealed class TermBlockWriter : IDisposable
{
    private readonly ByteSink _blocks = new();
    private readonly ByteSink _block = new();
    private readonly List<uint> _starts = [];
    private readonly byte[] _term = new byte[TermDictionary.TermBytesMax];
    private readonly byte[] _before = new byte[TermDictionary.TermBytesMax];
    private int _length;
    private int _lengthBefore;
    private int _count;
    private long _offset;

    public ReadOnlySpan<byte> Blocks => _blocks.Bytes;

    public ReadOnlySpan<uint> Starts => CollectionsMarshal.AsSpan(_starts);

    public void Begin(ReadOnlySpan<byte> term)
    {
        _length = Math.Min(term.Length, _term.Length);
        term[.._length].CopyTo(_term);
    }

    public void End(TermInfo info)
    {
        if (_count == 0)
            (_offset, _lengthBefore) = (info.Offset, 0);
        var term = _term.AsSpan(0, _length);
        var shared = term.CommonPrefixLength(_before.AsSpan(0, _lengthBefore));
        WritePair(shared, _length - shared);
        _block.Write(term[shared..]);
        if (info.Frequency == 1 && info.DocsBytes <= TermCursor.SingleBytesMax && info.PositionsBytes <= TermCursor.SingleBytesMax)
        {
            _block.Write((byte)(1 | info.DocsBytes << 1 | info.PositionsBytes << 4));
        }
        else
        {
            _block.WriteVarint((ulong)info.Frequency << 1);
            WritePair(info.DocsBytes, info.PositionsBytes);
        }

        term.CopyTo(_before);
        _lengthBefore = _length;
        if (++_count == TermDictionary.BlockTerms)
            EndBlock();
    }

    /// <summary>Ends the last block.</summary>
    public void Finish()
    {
        if (_count > 0)
            EndBlock();
    }

    public void Dispose()
    {
        _blocks.Dispose();
        _block.Dispose();
    }

    /// <summary>Two numbers that are mostly small: half a byte each, and the rest of one that does not fit in.</summary>
    private void WritePair(int first, int second)
    {
        const int Most = TermCursor.HalfByteMax;
        _block.Write((byte)(Math.Min(first, Most) | Math.Min(second, Most) << 4));
        if (first >= Most)
            _block.WriteVarint((ulong)(first - Most));
        if (second >= Most)
            _block.WriteVarint((ulong)(second - Most));
    }

    private void EndBlock()
    {
        _starts.Add((uint)_blocks.Position);
        _blocks.WriteVarint((ulong)_offset);
        _blocks.WriteVarint((ulong)_count);
        _blocks.Write(_block.Bytes);
        _block.Clear();
        _count = 0;
    }
}
