using AnyFetch.Core.Hydration;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Server.Hydraters;

/// <summary>The core cleans what hydraters send with the same code that they clean it with themselves.</summary>
internal sealed class LibraryHtmlSanitizer : IHtmlSanitizer
{
    // The templates of companies are dressed by the stylesheet of the API (search-and-projection §7).
    private static readonly HtmlSanitizerOptions s_options = new() { AllowsClasses = true };

    public string Sanitize(string html) => HtmlSanitizer.Sanitize(html, s_options).Html;

    public bool IsSanitized(ReadOnlySpan<char> html) => HtmlSanitizer.IsSanitized(html, s_options);
}
