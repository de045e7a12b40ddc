using System.Text;

namespace AnyFetch.Search.Analysis;

/// <summary>
/// Scripts without spaces are indexed by pairs of neighbouring characters. A run's last character is added alone, so
/// that a query of one character finds it by prefix wherever it stands.
/// </summary>
internal static class IdeographAnalyzer
{
    public static int Read<TSink>(ReadOnlySpan<char> text, int start, TermBuffer term, ref TSink sink)
        where TSink : ITokenSink, allows ref struct
    {
        var first = start;
        var second = After(text, first);
        if (!IsIdeograph(text, second))
        {
            Emit(text, first, second, TokenKind.Word, term, ref sink);
            return second;
        }

        while (IsIdeograph(text, second))
        {
            var end = After(text, second);
            Emit(text, first, end, TokenKind.Word, term, ref sink);
            first = second;
            second = end;
        }

        Emit(text, first, second, TokenKind.AliasStart, term, ref sink);
        return second;
    }

    /// <summary>True for a term of one such character, which stands for all pairs that begin with it.</summary>
    public static bool IsSingle(string term) =>
        Rune.TryGetRuneAt(term, 0, out var rune) && rune.Utf16SequenceLength == term.Length
        && TextAnalyzer.ClassAt(term, 0) == CharClass.Ideograph;

    private static bool IsIdeograph(ReadOnlySpan<char> text, int index) =>
        index < text.Length && TextAnalyzer.ClassAt(text, index) == CharClass.Ideograph;

    private static int After(ReadOnlySpan<char> text, int index) =>
        index + (char.IsHighSurrogate(text[index]) ? 2 : 1);

    private static void Emit<TSink>(
        ReadOnlySpan<char> text, int start, int end, TokenKind kind, TermBuffer term, ref TSink sink)
        where TSink : ITokenSink, allows ref struct
    {
        term.Clear();
        for (var i = start; i < end;)
            i = term.AppendAt(text, i);
        sink.Add(term.Term, start, end, kind);
    }
}
