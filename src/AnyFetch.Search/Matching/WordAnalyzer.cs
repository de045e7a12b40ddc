using System.Text;
using AnyFetch.Search.Analysis;
using AnyFetch.Search.Queries;

namespace AnyFetch.Search.Matching;

/// <summary>Turns single words, phrases and patterns into terms.</summary>
internal static class WordAnalyzer
{
    public static MatchNode? Match(QueryNode node, string? key) => node switch
    {
        WordNode word => WithExact(Words(word.Text, key), key, word.Text),
        PhraseNode phrase => WithExact(Words(phrase.Text, key), key, phrase.Text),
        PrefixNode prefix => Prefix(prefix.Text, key),
        WildcardNode wildcard => Wildcard(wildcard.Pattern, key),
        FuzzyNode fuzzy => Fuzzy(fuzzy, key),
        _ => throw new ArgumentException($"Unknown node {node.GetType().Name}.", nameof(node)),
    };

    private static MatchNode? WithExact(MatchNode? words, string? key, string value)
    {
        if (key is null)
            return words;
        var exact = new MatchExact(key, value);
        return words is null ? exact : new MatchSome([words, exact]);
    }

    private static MatchNode? Words(string text, string? key)
    {
        var tokens = Token.Read(text);
        var words = tokens.FindAll(t => t.Kind == TokenKind.Word);
        if (words.Count == 0)
            return null;
        var phrase = new MatchPhrase(
            [.. words.Select(w => w.Term)], words.Count == 1 && IdeographAnalyzer.IsSingle(words[0].Term), key);
        var joined = tokens.Find(t =>
            t.Kind == TokenKind.AliasStart && t.Start == words[0].Start && t.End == words[^1].End);
        return words.Count > 1 && joined.Term is not null
            ? new MatchSome([phrase, new MatchPhrase([joined.Term], false, key)])
            : phrase;
    }

    private static MatchNode? Prefix(string text, string? key)
    {
        if (text.Length == 0)
            return key is null ? new MatchAll() : new MatchKey(key);
        var stemmed = Token.Read(text).FindAll(t => t.Kind == TokenKind.Word);
        var plain = Token.Read(text, isStemmed: false).FindAll(t => t.Kind == TokenKind.Word);
        if (plain.Count == 0)
            return null;
        var last = plain[^1].Term;
        var prefix = new MatchPhrase([.. stemmed.SkipLast(1).Select(t => t.Term), last], true, key);

        // A whole word is found as well when its stem is not what was typed: cities* finds city.
        return stemmed[^1].Term.StartsWith(last, StringComparison.Ordinal)
            ? prefix
            : new MatchSome([prefix, new MatchPhrase([.. stemmed.Select(t => t.Term)], false, key)]);
    }

    private static MatchNode? Fuzzy(FuzzyNode fuzzy, string? key)
    {
        if (Words(fuzzy.Text, key) is not MatchPhrase { Terms: [var term], IsPrefix: false } phrase)
            return Words(fuzzy.Text, key);
        var edits = fuzzy.Edits ?? FuzzyPattern.DefaultEdits(term);
        return edits == 0 ? phrase : new MatchPattern(new FuzzyPattern(term, edits), key);
    }

    /// <summary>Punctuation inside the pattern separates words as it does in a text.</summary>
    private static MatchNode? Wildcard(string pattern, string? key)
    {
        var parts = new List<MatchNode>();
        var part = new StringBuilder();
        foreach (var c in pattern + " ")
        {
            if (c is '*' or '?' || CharTable.ClassOf(c) is CharClass.Word or CharClass.Digit)
                part.Append(c is '*' or '?' ? c : CharTable.Fold(c));
            else if (CharTable.ClassOf(c) == CharClass.Multiple)
                part.Append(Encoding.UTF8.GetString(CharTable.FoldMultiple(c)));
            else if (CharTable.ClassOf(c) != CharClass.Skip)
                Flush(part, parts, key);
        }

        return parts.Count > 1 ? new MatchEvery(parts) : parts.FirstOrDefault();
    }

    private static void Flush(StringBuilder part, List<MatchNode> parts, string? key)
    {
        var text = part.ToString();
        part.Clear();
        if (text.Length == 0)
            return;
        if (text.AsSpan().IndexOfAnyExcept('*', '?') < 0)
            parts.Add(key is null ? new MatchAll() : new MatchKey(key));
        else if (text.AsSpan().IndexOfAny('*', '?') < 0)
            parts.AddRange(Words(text, key) is { } words ? [words] : []);
        else
            parts.Add(new MatchPattern(new WildcardPattern(text), key));
    }
}
