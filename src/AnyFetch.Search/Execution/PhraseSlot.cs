using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>One place of a phrase: a term, or all terms that begin with a prefix.</summary>
internal sealed class PhraseSlot
{
    private readonly PostingsCursor[] _cursors;
    private readonly PatternTable _patterns;

    private PhraseSlot(Segment segment, PostingsCursor[] cursors)
    {
        (_cursors, _patterns) = (cursors, segment.Patterns);
        Frequency = cursors.Sum(c => (long)c.Frequency);
    }

    /// <summary>Rows at most.</summary>
    public long Frequency { get; }

    public static PhraseSlot Open(Segment segment, byte[] term, bool isPrefix)
    {
        if (!isPrefix)
        {
            var info = segment.Terms.Find(term);
            return new PhraseSlot(segment, info.Frequency == 0 ? [] : [new PostingsCursor().Open(segment, info)]);
        }

        var cursors = new List<PostingsCursor>();
        var terms = new TermCursor(segment.Terms);
        for (var isIn = terms.Seek(term); isIn && terms.Term.StartsWith(term); isIn = terms.MoveNext())
            cursors.Add(new PostingsCursor().Open(segment, terms.Info));
        return new PhraseSlot(segment, [.. cursors]);
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

    /// <summary>The positions in rows that it is in, which are in order and not before those of the last time.</summary>
    public void ReadPositions(ReadOnlySpan<int> rows, PositionRuns target)
    {
        target.Clear();
        if (_cursors is [var only])
        {
            Read(only, rows, target);
            return;
        }

        foreach (var row in rows)
        {
            foreach (var cursor in _cursors)
            {
                if (cursor.MoveTo(row))
                    cursor.ReadPositions(target.Take(cursor.PositionCount));
            }

            target.Sort();
            target.End();
        }
    }

    /// <summary>Goes through the blocks with the rows. Most postings are one place in the text, which stands there at once.</summary>
    private void Read(PostingsCursor cursor, ReadOnlySpan<int> rows, PositionRuns target)
    {
        var texts = _patterns.Texts;
        for (var next = 0; next < rows.Length;)
        {
            cursor.SeekBlock(rows[next]);
            cursor.DecodeBlock();
            var known = cursor.Rows;
            var patterns = cursor.Patterns;
            var firsts = cursor.FirstPositions;
            var last = known[^1];
            for (var place = 0; next < rows.Length && rows[next] <= last; next++)
            {
                while (known[place] < rows[next])
                    place++;
                if (!firsts.IsEmpty && texts[patterns[place]] == 1)
                {
                    target.AddRow((uint)firsts[place]);
                    continue;
                }

                cursor.StandOn(place);
                cursor.ReadPositions(target.Take(cursor.PositionCount));
                target.End();
            }
        }
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
