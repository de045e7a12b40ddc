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

    /// <summary>The first row not before another.</summary>
    public int Advance(int row)
    {
        var first = PostingsCursor.End;
        foreach (var cursor in _cursors)
            first = Math.Min(first, cursor.Advance(row));
        return first;
    }

    /// <summary>The positions in the row to which it was advanced.</summary>
    public void ReadPositions(int row, ref PositionList target)
    {
        if (_cursors is [var only])
        {
            only.ReadPositions(ref target);
            return;
        }

        target.Clear();
        foreach (var cursor in _cursors)
        {
            if (cursor.Row != row)
                continue;
            cursor.ReadPositions(ref _one);
            foreach (var position in _one.Positions)
                target.Add(position);
        }

        target.Sort();
    }
}
