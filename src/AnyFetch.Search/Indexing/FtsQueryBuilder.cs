using System.Text;
using AnyFetch.Search.Matching;
using AnyFetch.Search.Scoring;

namespace AnyFetch.Search.Indexing;

/// <summary>
/// Writes a condition in FTS5's language: groups of alternative phrases, all of which must match. That is what FTS5
/// looks up; the whole condition, with all its nesting, is then checked on each candidate by its <see cref="ScoreNode"/>.
/// </summary>
/// <remarks>
/// FTS5 could take the nesting too, but inside an AND that is not the outermost node it sometimes forgets the positions
/// of a phrase that matches (it empties those of all phrases below when the candidate before did not match, also of
/// phrases that already stand on the next one), and with them we could not tell what matched.
/// </remarks>
/// <param name="expand">Gives the terms of the index that fit a pattern, under a key or anywhere.</param>
internal sealed class FtsQueryBuilder(Func<TermPattern, string?, IReadOnlyList<string>> expand)
{
    private const string NothingTerm = "\u0085";

    private readonly List<List<string>> _groups = [];
    private readonly List<string?> _phrases = [];
    private int _unscored;

    /// <summary>Writes a condition.</summary>
    public FtsQuery Build(MatchNode match)
    {
        _groups.Clear();
        _phrases.Clear();
        var score = match is MatchEvery every ? Root(every) : InGroup(() => Write(match));
        return new FtsQuery(string.Join(" AND ", _groups.Select(Group)), [.. _phrases], score);
    }

    private static string Group(List<string> phrases) =>
        phrases.Count == 1 ? phrases[0] : new StringBuilder("(").AppendJoin(" OR ", phrases).Append(')').ToString();

    /// <summary>
    /// Each required child narrows the search. Optional and excluded ones only need to be told: every row has the last
    /// alternative of their group.
    /// </summary>
    private EveryScore Root(MatchEvery every)
    {
        var required = Required(every).Select(c => InGroup(() => Write(c))).ToArray();
        var (optional, excluded) = InGroup(() =>
        {
            var rest = (Optional(every), Excluded(every));
            if (rest is ({ Length: > 0 }, _) or (_, { Length: > 0 }))
                Unscored(KeyCode.All);
            return rest;
        });
        return new EveryScore(required, optional, excluded);
    }

    private T InGroup<T>(Func<T> write)
    {
        _groups.Add([]);
        var written = write();
        if (_groups[^1].Count == 0)
            _groups.RemoveAt(_groups.Count - 1);
        return written;
    }

    private ScoreNode Write(MatchNode match) => match switch
    {
        MatchPhrase phrase => Phrase(phrase),
        MatchPattern pattern => Pattern(pattern),
        MatchExact exact => Quoted([KeyCode.Exact(exact.Key, exact.Value)], false, ""),
        MatchKey key => Unscored(KeyCode.Has(key.Key)),
        MatchAll => Unscored(KeyCode.All),
        MatchSome { IsLoose: true } some => new LooseScore(Write(some.Children)),
        MatchSome some => new SomeScore(Write(some.Children)),
        MatchEvery every => new EveryScore(Write(Required(every)), Optional(every), Excluded(every)),
        _ => Unscored(NothingTerm),
    };

    private ScoreNode[] Write(IEnumerable<MatchNode> matches) => [.. matches.Select(Write)];

    private static List<MatchNode> Required(MatchEvery every) =>
        every.Children.Where(c => c is not (MatchExcept or MatchOptional)).ToList() is { Count: > 0 } required
            ? required
            : [new MatchAll()];

    private ScoreNode[] Optional(MatchEvery every) => Write(every.Children.OfType<MatchOptional>().Select(o => o.Child));

    private ScoreNode[] Excluded(MatchEvery every)
    {
        _unscored++;
        var excluded = Write(every.Children.OfType<MatchExcept>().Select(e => e.Child));
        _unscored--;
        return excluded;
    }

    private ScoreNode Phrase(MatchPhrase phrase)
    {
        if (phrase.Key is not { } key)
            return Quoted(phrase.Terms, phrase.IsPrefix, "");
        var prefix = KeyCode.TermPrefix(key);
        var keyed = phrase.Terms.Select(t => prefix + t).ToList();
        return key == FtsColumns.TextKey
            ? new SomeScore(
                [Quoted(phrase.Terms, phrase.IsPrefix, FtsColumns.TextKey + " : "), Quoted(keyed, phrase.IsPrefix, "")])
            : Quoted(keyed, phrase.IsPrefix, "");
    }

    private ScoreNode Pattern(MatchPattern pattern)
    {
        var terms = expand(pattern.Pattern, pattern.Key);
        return terms.Count == 0
            ? Unscored(NothingTerm)
            : new BestScore([.. terms.Select(t => Phrase(new MatchPhrase([t], false, pattern.Key)))]);
    }

    private PhraseScore Unscored(string term)
    {
        _unscored++;
        var score = Quoted([term], false, "");
        _unscored--;
        return score;
    }

    private PhraseScore Quoted(IReadOnlyList<string> terms, bool isPrefix, string column)
    {
        var text = $"{column}\"{string.Join(' ', terms)}\"{(isPrefix ? " *" : "")}";
        _groups[^1].Add(text);
        _phrases.Add(_unscored > 0 ? null : text);
        return new PhraseScore(_phrases.Count - 1);
    }
}
