using System.Text;
using AnyFetch.Search.Matching;
using AnyFetch.Search.Scoring;

namespace AnyFetch.Search.Indexing;

/// <summary>Writes a condition in FTS5's language. Phrases are numbered as they are written, from left to right.</summary>
/// <param name="expand">Gives the terms of the index that fit a pattern, under a key or anywhere.</param>
internal sealed class FtsQueryBuilder(Func<TermPattern, string?, IReadOnlyList<string>> expand)
{
    private const string NothingTerm = "\u0085";

    private readonly StringBuilder _text = new();
    private readonly List<string?> _phrases = [];
    private int _unscored;

    public FtsQuery Build(MatchNode match)
    {
        _text.Clear();
        _phrases.Clear();
        var score = Write(match);
        return new FtsQuery(_text.ToString(), [.. _phrases], score);
    }

    private ScoreNode Write(MatchNode match) => match switch
    {
        MatchPhrase phrase => Phrase(phrase),
        MatchPattern pattern => Pattern(pattern),
        MatchExact exact => Term(KeyCode.Exact(exact.Key, exact.Value)),
        MatchKey key => Unscored(KeyCode.Has(key.Key)),
        MatchAll => Unscored(KeyCode.All),
        MatchSome { IsLoose: true } some => new LooseScore(Any(some.Children)),
        MatchSome some => new SomeScore(Any(some.Children)),
        MatchEvery every => Every(every),
        _ => Unscored(NothingTerm),
    };

    private ScoreNode Phrase(MatchPhrase phrase)
    {
        if (phrase.Key is not { } key)
            return Quoted(phrase.Terms, phrase.IsPrefix, "");
        var prefix = KeyCode.TermPrefix(key);
        var keyed = phrase.Terms.Select(t => prefix + t).ToList();
        if (key != FtsColumns.TextKey)
            return Quoted(keyed, phrase.IsPrefix, "");
        _text.Append('(');
        var own = Quoted(phrase.Terms, phrase.IsPrefix, FtsColumns.TextKey + " : ");
        _text.Append(" OR ");
        var other = Quoted(keyed, phrase.IsPrefix, "");
        _text.Append(')');
        return new SomeScore([own, other]);
    }

    private ScoreNode Pattern(MatchPattern pattern)
    {
        var terms = expand(pattern.Pattern, pattern.Key);
        if (terms.Count == 0)
            return Unscored(NothingTerm);
        var spellings = terms.Select(t => new MatchPhrase([t], false, pattern.Key)).ToList();
        return spellings.Count == 1 ? Phrase(spellings[0]) : new BestScore(Any(spellings));
    }

    private ScoreNode[] Any(IReadOnlyList<MatchNode> children) => Joined(children, " OR ", Write);

    private EveryScore Every(MatchEvery every)
    {
        var required = every.Children.Where(c => c is not (MatchExcept or MatchOptional)).ToList();
        var optional = every.Children.OfType<MatchOptional>().ToList();
        var excluded = every.Children.OfType<MatchExcept>().Select(e => e.Child).ToList();
        if (required.Count == 0)
            required.Add(new MatchAll());
        if (excluded.Count > 0)
            _text.Append('(');
        var all = Joined([.. required, .. optional], " AND ", child => child is MatchOptional o ? Optional(o) : Write(child));
        var none = Array.Empty<ScoreNode>();
        if (excluded.Count > 0)
        {
            _text.Append(" NOT ");
            _unscored++;
            none = Joined(excluded, " OR ", Write);
            _unscored--;
            _text.Append(')');
        }

        return new EveryScore(all[..required.Count], all[required.Count..], none);
    }

    /// <summary>Every row has the second alternative, so nothing is lost; the first is there to be scored.</summary>
    private ScoreNode Optional(MatchOptional optional)
    {
        _text.Append('(');
        var score = Write(optional.Child);
        _text.Append(" OR ");
        Unscored(KeyCode.All);
        _text.Append(')');
        return score;
    }

    private ScoreNode[] Joined(IReadOnlyList<MatchNode> children, string separator, Func<MatchNode, ScoreNode> write)
    {
        var nodes = new ScoreNode[children.Count];
        if (children.Count > 1)
            _text.Append('(');
        for (var i = 0; i < nodes.Length; i++)
        {
            if (i > 0)
                _text.Append(separator);
            nodes[i] = write(children[i]);
        }

        if (children.Count > 1)
            _text.Append(')');
        return nodes;
    }

    private PhraseScore Term(string term) => Quoted([term], false, "");

    private PhraseScore Unscored(string term)
    {
        _unscored++;
        var score = Term(term);
        _unscored--;
        return score;
    }

    private PhraseScore Quoted(IReadOnlyList<string> terms, bool isPrefix, string column)
    {
        var start = _text.Length;
        _text.Append(column).Append('"').AppendJoin(' ', terms).Append(isPrefix ? "\" *" : "\"");
        _phrases.Add(_unscored > 0 ? null : _text.ToString(start, _text.Length - start));
        return new PhraseScore(_phrases.Count - 1);
    }
}
