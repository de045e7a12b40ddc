namespace AnyFetch.Search.Analysis;

/// <summary>Drops what an apostrophe only glues on: the article in <c>l'avion</c>, the s in <c>John's</c>.</summary>
internal static class Elision
{
    private const int CharsMax = 6;

    public static bool IsDropped(ReadOnlySpan<char> text, int start, int end, ReadOnlySpan<byte> term) =>
        end - start <= CharsMax && (IsElided(text, end, term) || IsPossessive(text, start, end, term));

    internal static bool IsApostrophe(char c) => c is '\'' or '\u2019' or '\u02BC' or '\uFF07';

    private static bool IsElided(ReadOnlySpan<char> text, int end, ReadOnlySpan<byte> term) =>
        end + 1 < text.Length && IsApostrophe(text[end])
        && TextAnalyzer.ClassAt(text, end + 1) is CharClass.Word or CharClass.Multiple
        && (term.Length == 1
            ? "ldjmtsnc"u8.Contains(term[0])
            : term.SequenceEqual("qu"u8) || term.SequenceEqual("jusqu"u8) || term.SequenceEqual("lorsqu"u8)
                || term.SequenceEqual("puisqu"u8) || term.SequenceEqual("quoiqu"u8));

    private static bool IsPossessive(ReadOnlySpan<char> text, int start, int end, ReadOnlySpan<byte> term) =>
        term is [(byte)'s'] && end - start == 1 && start >= 2 && IsApostrophe(text[start - 1])
        && TextAnalyzer.ClassAt(text, start - 2) is CharClass.Word or CharClass.Multiple;
}
