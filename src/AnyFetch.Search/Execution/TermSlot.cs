using System.Numerics;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>A term in a phrase. The blocks of a window stay decoded until the next one, which begins with the last of them.</summary>
internal sealed class TermSlot : PhraseSlot
{
    /// <summary>A power of two, and more blocks than a window has.</summary>
    private const int CursorCount = 32;

    private readonly Segment _segment;
    private readonly TermInfo _term;
    private readonly PostingsCursor _postings;
    private readonly PostingsCursor?[] _cursors;
    private readonly ulong[] _places = new ulong[PostingsCursor.PlaceWords];
    private PostingsCursor _cursor = null!;
    private ulong _left;
    private int _start;
    private int _block;
    private int _word;
    private int _place;

    /// <summary>Begins with a term in a segment, with the memory of a slot that is not needed any more, or of its own.</summary>
    public TermSlot(Segment segment, TermInfo term, TermSlot? former)
    {
        (_segment, _term) = (segment, term);
        _postings = new PostingsCursor().Open(segment, term);
        _cursors = former?._cursors ?? new PostingsCursor?[CursorCount];
        foreach (var cursor in _cursors)
            cursor?.Open(segment, term);
    }

    public override long Frequency => _term.Frequency;

    public override int Seek(int row) => _postings.Seek(row);

    public override float Bound(int start) => _postings.BoundWithin(start, start + Window.RowCount);

    public override void Keep(int start, Span<ulong> bits)
    {
        Span<ulong> found = stackalloc ulong[Window.WordCount];
        found.Clear();
        Span<ulong> places = stackalloc ulong[PostingsCursor.PlaceWords];
        _postings.SeekBlock(start);
        var first = _postings.Block;
        for (var block = first; block < _postings.BlockCount; block++)
        {
            _postings.GoToBlock(block);
            if (_postings.BlockFirst >= start + Window.RowCount)
                break;
            if (!HasAny(bits, start))
                continue;
            Decode(block).FindPlaces(start, bits, places);
            Add(_cursor.Rows, places, start, found);
        }

        _postings.GoToBlock(first);
        found.CopyTo(bits);
    }

    public override void Begin(int start)
    {
        _start = start;
        _block = _postings.Block - 1;
        _word = PostingsCursor.PlaceWords;
        _left = 0;
    }

    public override void MoveTo(int row, ReadOnlySpan<ulong> bits)
    {
        while (_left == 0)
        {
            if (++_word >= _places.Length)
            {
                _postings.SeekBlock(row);
                _block = Math.Max(_block + 1, _postings.Block);
                Decode(_block).FindPlaces(_start, bits, _places);
                _word = 0;
            }

            _left = _places[_word];
        }

        _place = (_word << 6) + BitOperations.TrailingZeroCount(_left);
        _left &= _left - 1;
        var firsts = _cursor.FirstPositions;
        var times = firsts.IsEmpty ? 0 : _segment.Patterns.Texts[_cursor.Patterns[_place]];
        First = times > 0 ? firsts[_place] : -Nowhere;
        Last = times == 1 ? First : Nowhere;
    }

    public override void ReadPositions(PositionList target)
    {
        target.Clear();
        _cursor.StandOn(_place);
        _cursor.ReadPositions(target.Take(_cursor.PositionCount));
    }

    private bool HasAny(ReadOnlySpan<ulong> bits, int start)
    {
        var first = Math.Max(_postings.BlockFirst - start, 0) >> 6;
        var last = Math.Min(_postings.BlockLast - start, Window.RowCount - 1) >> 6;
        return bits[first..(last + 1)].IndexOfAnyExcept(0UL) >= 0;
    }

    private PostingsCursor Decode(int block)
    {
        _cursor = _cursors[block % CursorCount] ??= new PostingsCursor().Open(_segment, _term);
        _cursor.GoToBlock(block);
        _cursor.DecodeBlock();
        return _cursor;
    }

    private static void Add(ReadOnlySpan<int> rows, ReadOnlySpan<ulong> places, int start, Span<ulong> found)
    {
        for (var word = 0; word < places.Length; word++)
        {
            for (var left = places[word]; left != 0; left &= left - 1)
            {
                var at = rows[(word << 6) + BitOperations.TrailingZeroCount(left)] - start;
                found[at >> 6] |= 1UL << at;
            }
        }
    }
}
