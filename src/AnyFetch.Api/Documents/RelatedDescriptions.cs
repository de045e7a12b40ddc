using AnyFetch.Api.Search;
using AnyFetch.Core.Descriptions;

namespace AnyFetch.Api.Documents;

/// <summary>What the OpenAPI document says about related documents.</summary>
internal static class RelatedDescriptions
{
    private const string Tag = "Search";

    public static EndpointDescription Get { get; } = new(
        "getRelatedDocuments",
        Tag,
        "The documents that one names",
        AnswerDescription.Json("A page of them, latest first.", Schema.Ref("RelatedPage")))
    {
        Text = "Documents in `related` that the caller may see, searched and paged like any.",
        Parameters = [.. SearchQueryDescriptions.All.Where(p => p.Name is not ("id" or "sort"))],
    };
}
