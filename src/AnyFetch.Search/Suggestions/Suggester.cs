using AnyFetch.Core.Documents;
using AnyFetch.Core.Search;
using AnyFetch.Search.Mapping;

namespace AnyFetch.Search.Suggestions;

/// <summary>
/// Suggests words as they are written in documents: the index proposes terms with a document for each, and the documents, which
/// are looked at whether the user may see them now, tell the spelling.
/// </summary>
internal sealed class Suggester(SearchIndex index, IDocumentStore documents, MappingCache mappings) : ISuggester
{
    /// <summary>Completions beyond the limit that are proposed, since some have a spelling that was proposed before.</summary>
    private const int Spare = 4;

    public async ValueTask<Core.Search.Suggestions> SuggestAsync(
        SuggestionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var query = TypedQuery.Read(request.Text);
        if (query.Words.Count == 0)
            return Core.Search.Suggestions.None;
        var proposals = await index.ProposeAsync(request, query, request.Limit + Spare, cancellationToken).ConfigureAwait(false);
        var samples = proposals.Completions.Concat(proposals.Corrections.SelectMany(c => c.Terms)).Select(p => p.Sample);
        var stored = await documents.FindManyAsync(request.Company, [.. samples.Distinct()], cancellationToken).ConfigureAwait(false);
        var types = await mappings.GetAsync(cancellationToken).ConfigureAwait(false);
        var visible = stored.Where(d => d.IsVisibleTo(request.Viewer)).ToDictionary(d => d.Id);
        return new Core.Search.Suggestions(
            [.. Completions(query, proposals).Take(request.Limit)], Correction(query, proposals));

        string? Spelling(Proposal proposal) => visible.TryGetValue(proposal.Sample, out var document)
            ? SpellingReader.Read(document, types.Of(document.Type), proposal.Term)
            : null;

        IEnumerable<string> Completions(TypedQuery typed, Proposals proposed) => proposed.Completions
            .Select(Spelling).OfType<string>()
            .Select(word => typed.Head + word)
            .Where(text => !text.Equals(typed.Text, StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal);

        string? Correction(TypedQuery typed, Proposals proposed)
        {
            var replaced = new List<(TypedWord Word, string By)>();
            foreach (var (word, terms) in proposed.Corrections)
            {
                if (terms.Select(Spelling).OfType<string>().FirstOrDefault() is { } by)
                    replaced.Add((word, by));
            }

            return replaced.Count == 0 ? null : typed.With(replaced);
        }
    }
}
