using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Embedmail;

/// <summary>A message without what it quotes: the table of cases of hydraters.md §11.</summary>
internal sealed class QuotedMessage
{
    private static readonly HtmlSanitizerOptions WithoutQuotes = new() { Quotes = QuoteHandling.Drop, AllowsClasses = true };
    private static readonly HtmlSanitizerOptions BeforeQuote = new() { Quotes = QuoteHandling.Cut, AllowsClasses = true };

    /// <summary>
    /// Works on the stored text, whose angle brackets are escaped, and the stored HTML; either may be missing.
    /// </summary>
    internal QuotedMessage(string? text, string? html)
    {
        var isHtmlBlank = string.IsNullOrWhiteSpace(html);
        if (isHtmlBlank)
        {
            Html = string.IsNullOrWhiteSpace(text) ? null : text.Replace("\n", "<br/>", StringComparison.Ordinal);
            Text = text is null ? null : TextQuotes.Cut(text);
            return;
        }

        Html = RemoveBlockquotes(html!);
        var whole = string.IsNullOrWhiteSpace(text) ? ToText(Html) : text;
        var cut = HtmlSanitizer.Sanitize(html!, BeforeQuote);
        var before = cut.HasQuote ? ToText(cut.Html) : whole;
        // A mail that only forwards another stays searchable by what it forwards.
        Text = TextQuotes.Cut(before.Length > 0 ? before : whole);
    }

    /// <summary>The text without quotations, or null when there is none to write.</summary>
    internal string? Text { get; }

    /// <summary>The HTML without block quotations, or null when there is none to write.</summary>
    internal string? Html { get; }

    private static string RemoveBlockquotes(string html)
    {
        if (!html.Contains("<blockquote", StringComparison.OrdinalIgnoreCase))
        {
            return html;
        }

        var rest = HtmlSanitizer.Sanitize(html, WithoutQuotes).Html;
        return ToText(rest).Length > 0 ? rest : html;
    }

    private static string ToText(string html) => TextCleaner.Clean(HtmlText.StripTags(html)).Trim();
}
