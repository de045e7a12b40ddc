using AnyFetch.Core.Descriptions;

namespace AnyFetch.Api.Search;

/// <summary>What the OpenAPI document says about searching.</summary>
internal static class SearchDescriptions
{
    private const string Tag = "Search";

    public static EndpointDescription Search { get; } = new(
        "searchDocuments",
        Tag,
        "Search documents",
        AnswerDescription.Json("A page of matches.", Schema.Ref("SearchPage")))
    {
        Text = "Finds what the caller may see: documents of its company whose `user_access` is null or names "
            + "the caller. Equal ones come in a stable order, so that pages do not overlap. A malformed "
            + "query is 409 `InvalidArgument`.",
        Parameters = SearchQueryDescriptions.All,
    };
}
