namespace AnyFetch.Core.Hydration;

/// <summary>
/// Makes HTML that came from outside safe to show (hydration.md §10, "HTML safety"). The core applies it to every
/// <c>data.html</c>, whatever the hydrater did already.
/// </summary>
public interface IHtmlSanitizer
{
    /// <summary>
    /// The same text and structure without scripts, event attributes, <c>javascript:</c> addresses, frames, forms and
    /// remote images. Never throws for malformed HTML. Sanitising twice changes nothing.
    /// </summary>
    string Sanitize(string html);

    /// <summary>True when <see cref="Sanitize"/> would give the same text, as far as one look without a parser can tell.</summary>
    bool IsSanitized(ReadOnlySpan<char> html);
}
