using AnyFetch.Api.Search;
using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Rendering;

namespace AnyFetch.Api.Documents;

/// <summary>What the OpenAPI document says about images of documents.</summary>
internal static class DocumentImageDescriptions
{
    public static EndpointDescription Get { get; } = new(
        "getDocumentImage",
        "Documents",
        "A document as an image",
        new AnswerDescription(200, "The full view.") { MediaType = "image/png" })
    {
        Text = "503 where the server has no browser to draw with, or too much to draw.",
        Parameters =
        [
            .. SearchQueryDescriptions.Shown.Where(p => p.Name is "search"),
            new(
                "width",
                Schema.Integer(PageImageRequest.WidthPixelsMin, PageImageRequest.WidthPixelsMax, null),
                "The width in pixels; when absent, as wide as the content asks for.",
                "800"),
        ],
    };
}
