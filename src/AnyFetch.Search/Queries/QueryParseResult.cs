using System.Diagnostics.CodeAnalysis;

namespace AnyFetch.Search.Queries;

/// <summary>A query, or a sentence that says what is wrong with it. A blank query has neither.</summary>
internal sealed record QueryParseResult(QueryNode? Query, string? Error)
{
    [MemberNotNullWhen(true, nameof(Error))]
    public bool IsError => Error is not null;
}
