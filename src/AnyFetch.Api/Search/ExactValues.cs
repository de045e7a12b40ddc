using System.Text.Json;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Search;

namespace AnyFetch.Api.Search;

/// <summary>
/// The filters <c>_key=value</c> (api.md §8, 15): the index says which documents come into question, their stored values
/// decide.
/// </summary>
internal sealed class ExactValues(ISearchIndex index, IDocumentStore documents)
{
    /// <summary>Documents that are compared for one search.</summary>
    private const int ComparedMax = 10_000;

    /// <summary>The same search among the documents that hold the values, or why it cannot be done.</summary>
    public ValueTask<(SearchRequest Request, Error? Error)> NarrowAsync(
        SearchRequest request,
        CancellationToken cancellationToken) =>
        request.ExactKeys.Count == 0
            ? ValueTask.FromResult((request, (Error?)null))
            : CompareAsync(request, cancellationToken);

    private async ValueTask<(SearchRequest Request, Error? Error)> CompareAsync(
        SearchRequest request,
        CancellationToken cancellationToken)
    {
        var wanted = request.ExactKeys.ToLookup(k => k.Key, k => k.Value, StringComparer.Ordinal);
        var ids = new List<DocumentId>();
        var page = request with { Query = null, Start = 0, Limit = SearchRequest.LimitMax, Sort = SearchSort.CreationDate };
        while (true)
        {
            var found = await index.SearchAsync(page, cancellationToken).ConfigureAwait(false);
            if (found.QueryError is { } reason)
            {
                return (request, SearchPages.Malformed(reason));
            }

            if (found.Count > ComparedMax)
            {
                return (request, Error.InvalidArgument(
                    $"More than {ComparedMax} documents come into question for the filters on exact values; add other filters."));
            }

            var stored = await documents.FindManyAsync(
                request.Company, [.. found.Hits.Select(h => h.Id)], cancellationToken).ConfigureAwait(false);
            ids.AddRange(stored
                .Where(d => wanted.All(values => values.Any(value => Holds(d.Metadata.Element, values.Key, value))))
                .Select(d => d.Id));
            page = page with { Start = page.Start + SearchRequest.LimitMax };
            if (page.Start >= found.Count)
            {
                return (request with { ExactKeys = [], Ids = ids }, null);
            }
        }
    }

    /// <summary>True when the key, dotted for one within another, has the value or a list that holds it.</summary>
    private static bool Holds(JsonElement element, string key, string value)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().Any(item => Holds(item, key, value));
        }

        if (key.Length == 0)
        {
            return IsEqual(element, value);
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (element.TryGetProperty(key, out var whole) && Holds(whole, "", value))
        {
            return true;
        }

        var dot = key.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && element.TryGetProperty(key[..dot], out var inner) && Holds(inner, key[(dot + 1)..], value);
    }

    private static bool IsEqual(JsonElement element, string value) => element.ValueKind switch
    {
        JsonValueKind.String => element.ValueEquals(value),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText() == value,
        _ => false,
    };
}
