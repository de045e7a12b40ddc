using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>One place of a phrase: a term, or all terms that begin with a prefix.</summary>
internal sealed class PhraseSlot
{
    private readonly PostingsCursor[] _cursors;
    private PositionList _one;

    private PhraseSlot(PostingsCursor[] cursors)
    {
        _cursors = cursors;
        Frequency = cursors.Sum(c => (long)c.Frequency);
    }

    /// <summary>Rows at most.</summary>
    public long Frequency { get; }

    public static PhraseSlot Open(Segment segment, byte[] term, bool isPrefix)
    {
        if (!isPrefix)
        {
            var info = segment.Terms.Find(term);
            return new PhraseSlot(info.Frequency == 0 ? [] : [new PostingsCursor().Open(segment, info)]);
        }

        var cursors = new List<PostingsCursor>();
        var terms = new TermCursor(segment.Terms);
        for (var isIn = terms.Seek(term); isIn && terms.Term.StartsWith(term); isIn = terms.MoveNext())
            cursors.Add(new PostingsCursor().Open(segment, terms.Info));
        return new PhraseSlot([.. cursors]);
    }

    /// <summary>Keeps those of some rows that it is in, and goes back to its beginning.</summary>
    /// <param name="rows">A bit for each row.</param>
    /// <param name="found">Room for as many.</param>
    public void Keep(Span<ulong> rows, Span<ulong> found)
    {
        found.Clear();
        foreach (var cursor in _cursors)
        {
            Find(cursor, rows, found);
            cursor.GoToBlock(0);
        }

        for (var i = 0; i < rows.Length; i++)
            rows[i] &= found[i];
    }

    /// <summary>The positions in a row that it is in. Rows are asked for in order.</summary>
    public void ReadPositions(int row, ref PositionList target)
    {
        if (_cursors is [var only])
        {
            only.MoveTo(row);
            only.ReadPositions(ref target);
            return;
        }

        target.Clear();
        foreach (var cursor in _cursors)
        {
            if (!cursor.MoveTo(row))
                continue;
            cursor.ReadPositions(ref _one);
            foreach (var position in _one.Positions)
                target.Add(position);
        }

        target.Sort();
    }

    /// <summary>Adds the rows of a term, leaving out blocks in which none is wanted.</summary>
    private static void Find(PostingsCursor cursor, ReadOnlySpan<ulong> wanted, Span<ulong> found)
    {
        do
        {
            var first = cursor.BlockFirst >> 6;
            var last = Math.Min(cursor.BlockLast >> 6, wanted.Length - 1);
            if (wanted[first..(last + 1)].IndexOfAnyExcept(0UL) < 0)
                continue;
            cursor.DecodeBlock();
            foreach (var row in cursor.Rows)
                found[row >> 6] |= 1UL << row;
        }
        while (cursor.NextBlock());
    }
}
