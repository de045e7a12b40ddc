using System.Text;

namespace AnyFetch.Api.Rendering;

/// <summary>A rendered document as a page of its own, with the stylesheet in it (search-and-projection §4.2).</summary>
internal static class DocumentPage
{
    private const string Frame = "html, body { background: #fff; margin: 0; }";

    /// <summary>A page whose width is to be found: as wide as its content, but lines stay readable.</summary>
    private const string Fitted = "body { max-width: 62rem; min-width: 20rem; width: max-content; }";

    /// <summary>The page.</summary>
    public static string Write(string renderedFull, bool isFitted) => new StringBuilder()
        .Append("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title></title><style>")
        .Append(StylesheetEndpoint.Text)
        .Append(Frame)
        .Append(isFitted ? Fitted : "")
        .Append("</style></head><body>")
        .Append(renderedFull)
        .Append("</body></html>")
        .ToString();
}
