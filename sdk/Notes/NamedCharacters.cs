using System.Net;
using System.Text.RegularExpressions;

namespace AnyFetch.Notes;

/// <summary>
/// Writes HTML's named characters (<c>&amp;nbsp;</c>) out: the markup's document type knows them, and it is not read.
/// </summary>
internal static partial class NamedCharacters
{
    public static string Replace(string markup) => Name().Replace(markup, match => match.Value switch
    {
        "&amp;" or "&lt;" or "&gt;" or "&quot;" or "&apos;" => match.Value,
        var name => WebUtility.HtmlDecode(name) is var text && text != name ? text : "&amp;" + name[1..],
    });

    [GeneratedRegex("&[A-Za-z][A-Za-z0-9]{0,31};", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Name();
}
