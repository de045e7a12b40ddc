using System.Text;
using AnyFetch.Core.Documents;

namespace AnyFetch.Search.Analysis;

/// <summary>
/// Cuts a text into terms, the same for documents and queries. A word is a run of letters and digits, folded and
/// stemmed; what punctuation joins (an address, a URL, a file name) is found by its parts one after the other, so a
/// query for the whole is a phrase. Aliases make the other spellings findable: <c>getUserName</c> by its parts,
/// <c>e-mail</c> as <c>email</c>, <c>06 12 34 56 78</c> as one number.
/// </summary>
internal static class TextAnalyzer
{
    /// <summary>Analyses a text.</summary>
    /// <param name="text">Any text; malformed UTF-16 separates words.</param>
    /// <param name="sink">Gets the terms in the order of the text.</param>
    /// <param name="isStemmed">False leaves endings as they are, for prefixes and patterns.</param>
    public static void Analyze<TSink>(ReadOnlySpan<char> text, ref TSink sink, bool isStemmed = true)
        where TSink : ITokenSink, allows ref struct
    {
        var term = TermBuffer.OfThread;
        var joins = new JoinTracker();
        var i = 0;
        while (i < text.Length)
        {
            switch (ClassAt(text, i))
            {
                case CharClass.Word or CharClass.Digit or CharClass.Multiple:
                    i = ReadWord(text, i, term, ref joins, ref sink, isStemmed);
                    break;
                case CharClass.Ideograph:
                    i = IdeographAnalyzer.Read(text, i, term, ref sink);
                    break;
                case CharClass.Symbol:
                    i = ReadSymbol(text, i, term, ref sink);
                    break;
                default:
                    i += text[i] == '&' && EscapedBracket.StandsAt(text, i) ? EscapedBracket.Length : 1;
                    break;
            }
        }

        joins.End(text, term, ref sink, isStemmed);
    }

    /// <summary>The class of the character at a place, surrogate pairs included.</summary>
    internal static CharClass ClassAt(ReadOnlySpan<char> text, int index)
    {
        var kind = CharTable.ClassOf(text[index]);
        if (kind != CharClass.Surrogate)
            return kind;
        return Rune.DecodeFromUtf16(text[index..], out var rune, out _) == System.Buffers.OperationStatus.Done
            ? CharTable.ClassOf(rune)
            : CharClass.Separator;
    }

    private static int ReadWord<TSink>(
        ReadOnlySpan<char> text, int start, TermBuffer term, ref JoinTracker joins, ref TSink sink, bool isStemmed)
        where TSink : ITokenSink, allows ref struct
    {
        term.Clear();
        var shape = new WordShape();
        var i = start;
        while (i < text.Length)
        {
            var kind = ClassAt(text, i);
            if (kind is not (CharClass.Word or CharClass.Digit or CharClass.Multiple or CharClass.Skip))
                break;
            shape.Add(text[i], kind);
            i = term.AppendAt(text, i);
        }

        if (Elision.IsDropped(text, start, i, term.Term))
            return i;
        joins.Next(text, start, i, shape.IsDigits, term, ref sink, isStemmed);
        if (joins.HasTouchedTerm)
            Refill(text, start, i, term);
        if (isStemmed)
            term.Stem();
        sink.Add(term.Term, start, i, TokenKind.Word);
        if (shape.HasParts)
            WordParts.Emit(text, start, i, term, ref sink, isStemmed);
        return i;
    }

    private static void Refill(ReadOnlySpan<char> text, int start, int end, TermBuffer term)
    {
        term.Clear();
        while (start < end)
            start = term.AppendAt(text, start);
    }

    private static int ReadSymbol<TSink>(ReadOnlySpan<char> text, int start, TermBuffer term, ref TSink sink)
        where TSink : ITokenSink, allows ref struct
    {
        term.Clear();
        var end = term.AppendAt(text, start);
        sink.Add(term.Term, start, end, TokenKind.Word);
        return end;
    }
}
