using System.Text;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Matching;
using AnyFetch.Search.Scoring;

namespace AnyFetch.Search.Execution;

/// <summary>Makes the nodes that find what a condition asks for in a snapshot.</summary>
internal sealed class QueryPlanner(IndexSnapshot snapshot, int expansionsMax, CancellationToken cancellationToken)
{
    private readonly TermFinder _finder = new(snapshot, cancellationToken);

    /// <summary>Plans a condition.</summary>
    /// <param name="match">The condition.</param>
    /// <param name="isScored">False when it only decides what is found.</param>
    public WindowNode Plan(MatchNode match, bool isScored) => match switch
    {
        MatchPhrase phrase => Phrase(phrase, isScored),
        MatchPattern pattern => Pattern(pattern, isScored),
        MatchExact exact => Term(KeyCode.Exact(exact.Key, exact.Value), isScored),
        MatchKey key => Term(KeyCode.Has(key.Key), isScored: false),
        MatchAll => new AllNode(snapshot.Segments, isAny: true),
        MatchSome { IsLoose: true } some => new LooseNode(Plan(some.Children, isScored)),
        MatchSome some => new SomeNode(Plan(some.Children, isScored)),
        MatchEvery every => Every(every, isScored),
        _ => new AllNode(snapshot.Segments, isAny: false),
    };

    private WindowNode[] Plan(IEnumerable<MatchNode> matches, bool isScored) =>
        [.. matches.Select(m => Plan(m, isScored))];

    private EveryNode Every(MatchEvery every, bool isScored)
    {
        var required = Plan(every.Children.Where(c => c is not (MatchExcept or MatchOptional)), isScored);
        return new EveryNode(
            required.Length > 0 ? required : [new AllNode(snapshot.Segments, isAny: true)],
            Plan(every.Children.OfType<MatchOptional>().Select(o => o.Child), isScored),
            Plan(every.Children.OfType<MatchExcept>().Select(e => e.Child), isScored: false));
    }

    private BestNode Pattern(MatchPattern pattern, bool isScored)
    {
        var terms = TermExpander.Expand(snapshot, pattern.Pattern, pattern.Key, expansionsMax, cancellationToken);
        return new BestNode([.. terms.Select(t => Phrase(new MatchPhrase([t], false, pattern.Key), isScored))]);
    }

    private WindowNode Phrase(MatchPhrase phrase, bool isScored)
    {
        if (phrase.Key is not { } key)
            return Node(phrase, "", isTextOnly: false, isScored);
        var keyed = Node(phrase, KeyCode.TermPrefix(key), isTextOnly: false, isScored);
        return key == TermColumns.TextKey
            ? new SomeNode([Node(phrase, "", isTextOnly: true, isScored), keyed])
            : keyed;
    }

    private WindowNode Node(MatchPhrase phrase, string prefix, bool isTextOnly, bool isScored)
    {
        byte[][] terms = [.. phrase.Terms.Select(t => Encoding.UTF8.GetBytes(prefix + t))];
        if (terms is [var only])
            return Weighed(_finder.Find(only, phrase.IsPrefix, isTextOnly), isScored);
        var weight = isScored ? _finder.Significance(terms, phrase.IsPrefix) : 0;
        return new PhraseNode(snapshot.Segments, terms, phrase.IsPrefix, isTextOnly, weight, snapshot.Norms);
    }

    private WindowNode Term(string term, bool isScored) =>
        Weighed(_finder.Find(Encoding.UTF8.GetBytes(term), isPrefix: false, isTextOnly: false), isScored);

    private WindowNode Weighed(FoundTerm found, bool isScored) =>
        found.Node(isScored ? Relevance.Significance(snapshot.LiveCount, found.Count) : 0);
}
