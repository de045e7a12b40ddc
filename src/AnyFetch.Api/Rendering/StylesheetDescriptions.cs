using AnyFetch.Core.Descriptions;

namespace AnyFetch.Api.Rendering;

/// <summary>What the OpenAPI document says about the stylesheet.</summary>
internal static class StylesheetDescriptions
{
    private const string Tag = "Server";

    public static EndpointDescription Get { get; } = new(
        "getStylesheet",
        Tag,
        "The style of rendered documents",
        new AnswerDescription(200, "The stylesheet that the templates are made for.") { MediaType = "text/css" });
}
