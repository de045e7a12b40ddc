using AnyFetch.Core.Descriptions;

namespace AnyFetch.Api.OpenApi;

/// <summary>What the document says about itself.</summary>
internal static class OpenApiDescriptions
{
    private const string Tag = "Server";

    public static EndpointDescription Document { get; } = new(
        "getOpenApi",
        Tag,
        "This description",
        new AnswerDescription(200, "An OpenAPI 3.1 document. Carries an `ETag`.")
        {
            MediaType = "application/json",
            Schema = """{"type":"object","required":["openapi","paths"],"additionalProperties":true}""",
            Example = """{"openapi":"3.1.0","paths":{}}""",
        })
    {
        IsNarrowable = false,
        OtherAnswers = [NotModified],
    };

    public static EndpointDescription Page { get; } =
        new("showDocs", Tag, "This description, for people", AnswerDescription.Page("A page that works offline."))
        {
            OtherAnswers = [NotModified],
        };

    public static EndpointDescription Style { get; } = Asset("getDocsStyle", "The page's style", "text/css");

    public static EndpointDescription Script { get; } = Asset("getDocsScript", "The page's script", "text/javascript");

    private static AnswerDescription NotModified => new(304, "`If-None-Match` names what the client has already.");

    private static EndpointDescription Asset(string operation, string summary, string type) =>
        new(operation, Tag, summary, new AnswerDescription(200, "The file.") { MediaType = type })
        {
            OtherAnswers = [NotModified],
        };
}
