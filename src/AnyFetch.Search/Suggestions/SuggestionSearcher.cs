using AnyFetch.Core.Users;
using AnyFetch.Search.Execution;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Matching;
using AnyFetch.Search.Queries;

namespace AnyFetch.Search.Suggestions;

/// <summary>
/// Proposes terms on one snapshot. Whatever is proposed stands in a document that the user may see, and how often such
/// documents have it decides the order: hidden ones have no say.
/// </summary>
internal sealed class SuggestionSearcher(IndexSnapshot snapshot, int expansionsMax, CancellationToken cancellationToken)
{
    /// <summary>Shorter beginnings are not completed: half of all words begin so.</summary>
    public const int PrefixCharsMin = 2;

    /// <summary>Shorter words are not corrected: too much is near to them.</summary>
    public const int CorrectedCharsMin = 3;

    /// <summary>Candidates whose documents are counted, the most frequent of all first.</summary>
    private const int CandidatesMax = 512;

    /// <summary>Proposals for one wrong word, of which the first whose spelling is found is taken.</summary>
    private const int CorrectionsMax = 3;

    private readonly TermSearch _terms = new(snapshot, cancellationToken);

    /// <summary>Proposes for a query.</summary>
    /// <param name="query">What was typed.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="limit">Completions at most.</param>
    public Proposals Propose(TypedQuery query, UserId viewer, int limit)
    {
        var visible = new CountedRows(snapshot, viewer, null);
        var rest = Rest(query.Head);
        var completions = query.Last is { } last && last.Plain.Length >= PrefixCharsMin
            ? Complete(last, rest is null ? visible : new CountedRows(snapshot, viewer, rest), limit)
            : [];
        var corrections = new List<(TypedWord Word, IReadOnlyList<Proposal> Terms)>();
        foreach (var word in query.Words.Where(w => w.Plain.Length >= CorrectedCharsMin))
        {
            if ((word != query.Last || completions.Count == 0) && Correct(word, visible) is { Count: > 0 } terms)
                corrections.Add((word, terms));
        }

        return new Proposals(completions, corrections);
    }

    /// <summary>What documents must have besides the last word; null when what stands before it is no query.</summary>
    private WindowNode? Rest(string head) => QueryParser.Parse(head) is { IsError: false, Query: { } query }
        ? new QueryPlanner(snapshot, expansionsMax, cancellationToken).Plan(QueryAnalyzer.Analyze(query, isStrict: true), isScored: false)
        : null;

    private List<Proposal> Complete(TypedWord word, CountedRows rows, int limit)
    {
        var found = new List<Proposal>();
        var best = new PriorityQueue<long, long>();
        foreach (var (term, places) in _terms.Find(word.Plain, null).Take(CandidatesMax))
        {
            // The most frequent come first, and nothing is counted more often than it is there.
            if (rows.IsExhausted || found.Count >= limit && best.Peek() > places.Sum(p => (long)p.Frequency))
                break;
            if (rows.Count(term, places) is not { } proposal)
                continue;
            found.Add(proposal);
            best.Enqueue(proposal.Count, proposal.Count);
            if (best.Count > limit)
                best.Dequeue();
        }

        return [.. found.OrderByDescending(p => p.Count).ThenBy(p => p.Term, StringComparer.Ordinal).Take(limit)];
    }

    /// <summary>What is near to a word that no visible document has; nothing when one has.</summary>
    private List<Proposal> Correct(TypedWord word, CountedRows rows)
    {
        var edits = FuzzyPattern.DefaultEdits(word.Stem);
        if (edits == 0 || rows.Count(word.Stem, _terms.Places(word.Stem)) is not null)
            return [];
        var found = new List<(Proposal Proposal, bool IsNear)>();
        var near = new FuzzyPattern(word.Stem, 1);
        var pattern = new FuzzyPattern(word.Stem, edits);
        var best = new PriorityQueue<long, long>();
        foreach (var (term, places) in _terms.Find(pattern.LiteralPrefix, pattern).Take(CandidatesMax))
        {
            // The most frequent come first: none that follows has more documents than the nearest that were found.
            if (rows.IsExhausted || best.Count == CorrectionsMax && best.Peek() > places.Sum(p => (long)p.Frequency))
                break;
            if (rows.Count(term, places) is not { } proposal)
                continue;
            found.Add((proposal, near.IsMatch(term)));
            if (found[^1].IsNear)
                best.Enqueue(proposal.Count, proposal.Count);
            if (best.Count > CorrectionsMax)
                best.Dequeue();
        }

        return [.. found.OrderByDescending(f => f.IsNear).ThenByDescending(f => f.Proposal.Count)
            .ThenBy(f => f.Proposal.Term, StringComparer.Ordinal).Take(CorrectionsMax).Select(f => f.Proposal)];
    }
}
