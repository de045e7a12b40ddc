using System.Text;
using AnyFetch.Search.Analysis;

namespace AnyFetch.Search.Suggestions;

/// <summary>
/// A query that is being typed: its plain words with their places. Words in a quotation that is still open, patterns and
/// keys are none.
/// </summary>
/// <param name="Text">All of it.</param>
/// <param name="Words">The words, in order.</param>
internal sealed record TypedQuery(string Text, IReadOnlyList<TypedWord> Words)
{
    /// <summary>Words that are looked at; more are no search box's query.</summary>
    public const int WordsMax = 12;

    /// <summary>The word that is being typed: the last, when the text ends with it.</summary>
    public TypedWord? Last => Words.Count > 0 && Words[^1].End == Text.Length ? Words[^1] : null;

    /// <summary>What was typed before the last word.</summary>
    public string Head => Last is { } last ? Text[..last.Start] : Text;

    public static TypedQuery Read(string text)
    {
        var words = new List<TypedWord>();
        var isQuoted = false;
        for (var at = 0; at < text.Length && words.Count < WordsMax;)
        {
            if (!IsWord(text, at))
            {
                isQuoted ^= text[at++] == '"';
                continue;
            }

            var start = at;
            while (at < text.Length && IsWord(text, at))
                at++;
            if (!isQuoted && !IsPattern(text, start, at) && Term(text[start..at]) is { } term)
                words.Add(term with { Start = start, End = at });
        }

        return new TypedQuery(text, words);
    }

    /// <summary>The text with words replaced by others; the words are in order.</summary>
    public string With(IReadOnlyList<(TypedWord Word, string By)> replaced)
    {
        var text = new StringBuilder();
        var at = 0;
        foreach (var (word, by) in replaced)
        {
            text.Append(Text.AsSpan(at, word.Start - at)).Append(by);
            at = word.End;
        }

        return text.Append(Text.AsSpan(at)).ToString();
    }

    private static bool IsWord(string text, int at) =>
        CharTable.ClassOf(text[at]) is CharClass.Word or CharClass.Digit or CharClass.Multiple or CharClass.Skip;

    /// <summary>True for operators, for a key before its colon, and for what a wildcard or a tilde follows.</summary>
    private static bool IsPattern(string text, int start, int end) =>
        end < text.Length && text[end] is ':' or '*' or '?' or '~'
        || start > 0 && text[start - 1] is '*' or '?' or '\\'
        || text.AsSpan(start, end - start) is "AND" or "OR" or "NOT" or "and" or "or" or "not";

    /// <summary>A word of one term; null for such as the analyser cuts up.</summary>
    private static TypedWord? Term(string word)
    {
        var stems = Token.Read(word).FindAll(t => t.Kind == TokenKind.Word);
        var plain = Token.Read(word, isStemmed: false).FindAll(t => t.Kind == TokenKind.Word);
        return stems.Count == 1 && plain.Count == 1 ? new TypedWord(0, 0, plain[0].Term, stems[0].Term) : null;
    }
}

/// <summary>A word of a query.</summary>
/// <param name="Start">Its first character's place.</param>
/// <param name="End">The place after its last.</param>
/// <param name="Plain">It in the index's letters, without accents and capitals.</param>
/// <param name="Stem">The term under which it is found.</param>
internal sealed record TypedWord(int Start, int End, string Plain, string Stem);
