using AnyFetch.Core.Companies;
using AnyFetch.Core.Users;

namespace AnyFetch.Core.Search;

/// <summary>What somebody has typed so far.</summary>
/// <param name="Company">Whose index is asked.</param>
/// <param name="Viewer">Only documents that this user may see are drawn from.</param>
/// <param name="Text">The query as it is typed, at most <see cref="SearchRequest.QueryCharsMax"/> characters.</param>
/// <param name="Limit">Completions at most, 1 to <see cref="LimitMax"/>.</param>
public sealed record SuggestionRequest(CompanyId Company, UserId Viewer, string Text, int Limit)
{
    /// <summary>Most completions.</summary>
    public const int LimitMax = 20;

    /// <summary>Completions when the caller says nothing.</summary>
    public const int LimitDefault = 8;
}
