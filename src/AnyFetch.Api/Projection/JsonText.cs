using System.Buffers;
using System.Globalization;
using System.Text;
using AnyFetch.Core.Documents;

namespace AnyFetch.Api.Projection;

/// <summary>The escaping layers of search-and-projection §2.1.</summary>
internal static class JsonText
{
    private static readonly SearchValues<char> s_json = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(c => (char)c), '\\', '"']);

    private static readonly SearchValues<char> s_html = SearchValues.Create("&<>\"'`");

    /// <summary>JSON: fit for the inside of a JSON string once quotes are taken care of; trimmed.</summary>
    public static string Escape(string text) => EscapeJson(text, quotes: false).Trim();

    /// <summary>JSON+q: as <see cref="Escape"/>, quotes included.</summary>
    public static string EscapeQuoted(string text) => EscapeJson(text, quotes: true).Trim();

    /// <summary>JSON, untrimmed: what <c>{{ }}</c> does with a plain value before it escapes HTML.</summary>
    public static string EscapeJson(string text, bool quotes)
    {
        if (!text.AsSpan().ContainsAny(s_json))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            switch (c)
            {
                case '\\':
                    result.Append(@"\\");
                    break;
                case '"' when quotes:
                    result.Append("\\\"");
                    break;
                case '\b':
                    result.Append(@"\b");
                    break;
                case '\f':
                    result.Append(@"\f");
                    break;
                case '\n':
                    result.Append(@"\n");
                    break;
                case '\r':
                    result.Append(@"\r");
                    break;
                case '\t':
                    result.Append(@"\t");
                    break;
                case < ' ':
                    result.Append(CultureInfo.InvariantCulture, $@"\u{(int)c:x4}");
                    break;
                default:
                    result.Append(c);
                    break;
            }
        }

        return result.ToString();
    }

    /// <summary>HTML, the set of Handlebars 3. Angle brackets that hydraters escaped already (hydraters.md §1) stay as they are.</summary>
    public static string EscapeHtml(string text)
    {
        if (!text.AsSpan().ContainsAny(s_html))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            _ = c switch
            {
                '&' => result.Append(EscapedBracket.StandsAt(text, i) ? "&" : "&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '"' => result.Append("&quot;"),
                '\'' => result.Append("&#x27;"),
                '`' => result.Append("&#x60;"),
                _ => result.Append(c),
            };
        }

        return result.ToString();
    }
}
