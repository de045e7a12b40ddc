using AnyFetch.Core.Hydration;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Server.Hydraters;

/// <summary>The core cleans what hydraters send with the same code that they clean it with themselves.</summary>
internal sealed class LibraryHtmlSanitizer : IHtmlSanitizer
{
    public string Sanitize(string html) => HtmlSanitizer.Sanitize(html).Html;
}
