using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Search;

namespace AnyFetch.Api.Search;

/// <summary>What the OpenAPI document says about suggestions.</summary>
internal static class SuggestionDescriptions
{
    public static EndpointDescription Get { get; } = new(
        "getSuggestions",
        "Search",
        "What may be meant by a query that is being typed",
        AnswerDescription.Json("Completions, and a correction when a word is unknown.", Schema.Ref("Suggestions")))
    {
        Text = "For search boxes. Completions are whole queries, the last word completed by words of documents that the caller may "
            + "see and that match the rest; the word that most of them have comes first. When no such document has some word, the "
            + "correction is the query with a word in its place that is spelt nearly so. Hidden documents have no say in either.",
        Parameters =
        [
            new("search", Schema.Text, "The query as it is typed so far.", "annual rep"),
            new(
                "limit",
                Schema.Integer(1, SuggestionRequest.LimitMax, SuggestionRequest.LimitDefault),
                "Completions at most.",
                "5"),
        ],
    };
}
