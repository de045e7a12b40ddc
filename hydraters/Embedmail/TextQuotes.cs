using System.Text.RegularExpressions;

namespace AnyFetch.Hydraters.Embedmail;

/// <summary>
/// Cuts the text of a mail where a quoted one begins (hydraters.md §11). The patterns run on an engine that does not
/// backtrack, so that
/// their time is linear to the text.
/// </summary>
internal static class TextQuotes
{
    private const RegexOptions Lines =
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private static readonly Regex[] Separators =
    [
        new("^[ \\t]*De[ \\t]?:", Lines & ~RegexOptions.IgnoreCase),
        new("^[ \\t]*-{2,}[^\\n]*(forward|original)", Lines),
        new("^[ \\t]*From[ \\t]?:", Lines & ~RegexOptions.IgnoreCase),
        new("^[ \\t]*[_-]{4,}[ \\t]*$", Lines),
        Introduction("On", "wrote"),
        Introduction("Le", "a écrit"),
        Introduction("Am", "schrieb[^\\n]{0,200}"),
        Introduction("El", "escribió"),
    ];

    /// <summary>The text before the first quoted mail; the whole text when nothing stands before it.</summary>
    internal static string Cut(string text)
    {
        var rest = text;
        for (var before = -1; before != rest.Length;)
        {
            before = rest.Length;
            foreach (var separator in Separators)
            {
                var match = separator.Match(rest);
                rest = match.Success ? rest[..match.Index].TrimEnd() : rest;
            }

            rest = WithoutLastQuote(rest);
        }

        return string.IsNullOrWhiteSpace(rest) ? text : rest;
    }

    /// <summary>The line by which a program introduces what is answered; long ones are wrapped once.</summary>
    private static Regex Introduction(string first, string last) =>
        new($"(\\b{first}\\b[^\\n]{{3,300}}|^{first}\\b[^\\n]{{3,300}}\\n[^\\n]{{0,300}}){last}[ \\t]?:[ \\t]*$", Lines & ~RegexOptions.IgnoreCase);

    /// <summary>Lines at the end that begin with a mark of quotation, which is stored escaped.</summary>
    private static string WithoutLastQuote(string text)
    {
        var end = text.Length;
        while (end > 0)
        {
            var start = text.LastIndexOf('\n', end - 1) + 1;
            var line = text.AsSpan(start, end - start).TrimStart();
            if (!line.IsEmpty && !line.StartsWith("&gt;") && line[0] != '>')
            {
                break;
            }

            end = Math.Max(0, start - 1);
        }

        return end == text.Length ? text : text[..end].TrimEnd();
    }
}
