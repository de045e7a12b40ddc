using AnyFetch.Core.Descriptions;

namespace AnyFetch.Api.Search;

/// <summary>What the OpenAPI document says about similar documents.</summary>
internal static class SimilarDescriptions
{
    public static EndpointDescription Get { get; } = new(
        "getSimilarDocuments",
        "Search",
        "The documents that are like one",
        AnswerDescription.Json("The keywords, and a page of the documents, most alike first.", Schema.Ref("SimilarPage")))
    {
        Text = "Documents that the caller may see and that share the words which tell this one apart; never itself.",
        Parameters = [.. SearchQueryDescriptions.All.Where(p => p.Name is not "id")],
    };
}
