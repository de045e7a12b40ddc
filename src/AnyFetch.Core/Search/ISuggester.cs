namespace AnyFetch.Core.Search;

/// <summary>
/// Suggests what somebody may be about to type, from the words of documents that he may see and of no others
/// (search-and-projection §5, "search box").
/// </summary>
public interface ISuggester
{
    /// <summary>Suggests. What cannot be understood as a query yields no suggestions; nothing fails.</summary>
    ValueTask<Suggestions> SuggestAsync(SuggestionRequest request, CancellationToken cancellationToken);
}
