using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Xml;

namespace AnyFetch.Notes;

/// <summary>Keeps the attributes that only look.</summary>
internal static class NoteAttributes
{
    private static readonly FrozenSet<string> Kept = Names(
        "align bgcolor border cellpadding cellspacing color colspan dir face height lang rowspan size start title type valign "
        + "value width");

    private static readonly FrozenSet<string> Properties = Names(
        "background-color border-collapse color font-family font-size font-style font-weight line-height list-style-type "
        + "margin-left padding-left text-align text-decoration text-indent vertical-align white-space width");

    private static readonly FrozenSet<string> Schemes = Names("http https mailto tel evernote");

    /// <summary>The attributes of the element that the reader stands on, written out with a space before each.</summary>
    public static string Read(XmlReader reader, string element)
    {
        if (!reader.HasAttributes)
        {
            return "";
        }

        var text = new StringBuilder();
        while (reader.MoveToNextAttribute())
        {
            var name = reader.Name.ToLowerInvariant();
            var value = name switch
            {
                "style" => Style(reader.Value),
                "href" => element == "a" && IsLink(reader.Value) ? reader.Value : "",
                _ => Kept.Contains(name) ? reader.Value : "",
            };
            if (value.Length > 0)
            {
                text.Append(' ').Append(name).Append("=\"").Append(WebUtility.HtmlEncode(value)).Append('"');
            }
        }

        reader.MoveToElement();
        return element == "a" ? text.Append(" rel=\"noopener noreferrer\"").ToString() : text.ToString();
    }

    private static bool IsLink(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme);

    private static string Style(string style) => string.Join("; ", style
        .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(IsHarmless));

    // A value of these letters can name a colour, a size or a font; it can load nothing and hide nothing.
    private static bool IsHarmless(string declaration)
    {
        var colon = declaration.IndexOf(':', StringComparison.Ordinal);
        var value = declaration[(colon + 1)..];
        return colon > 0
            && Properties.Contains(declaration[..colon].TrimEnd())
            && value.All(letter => char.IsAsciiLetterOrDigit(letter) || " #.,%()-'!".Contains(letter, StringComparison.Ordinal))
            && !value.Contains("url", StringComparison.OrdinalIgnoreCase)
            && !value.Contains("expression", StringComparison.OrdinalIgnoreCase);
    }

    private static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
