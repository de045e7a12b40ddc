using System.Buffers;
using System.Text;
using AnyFetch.Core.Documents;
using AnyFetch.Search.Analysis;

namespace AnyFetch.Search.Highlights;

/// <summary>Writes text as HTML, with marks around the matches.</summary>
internal sealed class Marker(string cssClass)
{
    private static readonly SearchValues<char> s_special = SearchValues.Create("&<>\"'`");

    private readonly string _open = $"<span class=\"{cssClass}\">";

    public void Open(StringBuilder html) => html.Append(_open);

    public static void Close(StringBuilder html) => html.Append("</span>");

    /// <summary>The part of a text between two places, escaped, with the spans in it marked.</summary>
    public string Mark(string text, IReadOnlyList<Span> spans, int start, int end)
    {
        var html = new StringBuilder(end - start + spans.Count * (_open.Length + 7));
        var at = start;
        foreach (var span in spans)
        {
            if (span.End <= start || span.Start >= end)
                continue;
            var from = Math.Max(span.Start, start);
            var to = Math.Min(span.End, end);
            Escape(text.AsSpan(at, from - at), html);
            Open(html);
            Escape(text.AsSpan(from, to - from), html);
            Close(html);
            at = to;
        }

        Escape(text.AsSpan(at, end - at), html);
        return html.ToString();
    }

    /// <summary>
    /// The characters that Handlebars escapes (search-and-projection §2.1). Angle brackets that hydraters escaped already
    /// (hydraters.md §1) stay as they are: people wrote <c>&lt;</c>, not <c>&amp;lt;</c>.
    /// </summary>
    public static void Escape(ReadOnlySpan<char> text, StringBuilder html)
    {
        while (text.IndexOfAny(s_special) is var special and >= 0)
        {
            html.Append(text[..special]).Append(text[special] switch
            {
                '&' => EscapedBracket.StandsAt(text, special) ? "&" : "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#x27;",
                _ => "&#x60;",
            });
            text = text[(special + 1)..];
        }

        html.Append(text);
    }
}
