namespace AnyFetch.Search.Analysis;

/// <summary>Makes the parts of an identifier findable: where a capital follows a small letter, and at digits.</summary>
internal static class WordParts
{
    /// <summary>More parts than this are not looked at.</summary>
    private const int PartsMax = 8;

    public static void Emit<TSink>(
        ReadOnlySpan<char> text, int start, int end, TermBuffer term, ref TSink sink, bool isStemmed)
        where TSink : ITokenSink, allows ref struct
    {
        var kind = TokenKind.AliasStart;
        for (var parts = 0; parts < PartsMax && start < end; parts++)
        {
            var from = start;
            term.Clear();
            do
                start = term.AppendAt(text, start);
            while (start < end && !IsBoundary(text, start));
            if (isStemmed)
                term.Stem();
            if (term.Length == 0)
                continue;
            sink.Add(term.Term, from, start, kind);
            kind = TokenKind.AliasNext;
        }
    }

    private static bool IsBoundary(ReadOnlySpan<char> text, int index)
    {
        var before = text[index - 1];
        var after = text[index];
        return char.IsDigit(before) != char.IsDigit(after)
            && CharTable.ClassOf(before) != CharClass.Skip && CharTable.ClassOf(after) != CharClass.Skip
            || before is >= 'a' and <= 'z' && after is >= 'A' and <= 'Z';
    }
}
