using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AnyFetch.Cli.Commands;
using Spectre.Console;

namespace AnyFetch.Cli.Output;

/// <summary>Shows hits to people, what matched in colour.</summary>
internal static partial class SearchHits
{
    public static void Write(IAnsiConsole console, SearchView view)
    {
        if (view.Count == 0)
        {
            console.MarkupLine("Nothing found.");
            return;
        }

        var number = view.Start;
        foreach (var hit in view.Hits)
        {
            number++;
            console.MarkupLine($"[grey]{number,3}[/]  [bold]{ToMarkup(hit.Title)}[/]  [grey]{Markup.Escape(hit.Type)}{ToDay(hit)}[/]");
            console.MarkupLine($"     [blue]{ToMarkup(hit.Path ?? hit.Identifier)}[/]");
            if (hit.Snippet is { } snippet)
            {
                console.MarkupLine("     " + ToMarkup(snippet));
            }
        }

        var types = string.Join(", ", view.Types.OrderByDescending(t => t.Value).Select(t => $"{t.Value} {t.Key}"));
        var last = view.Start + view.Hits.Count;
        var more = last < view.Count ? "; more with --page" : "";
        console.MarkupLine($"[grey]{view.Start + 1}-{last} of {view.Count} ({Markup.Escape(types)}){more}[/]");
    }

    /// <summary>Turns safe HTML with highlight markers into the console's markup.</summary>
    public static string ToMarkup(string html)
    {
        var text = new System.Text.StringBuilder();
        var from = 0;
        foreach (Match match in Highlight().Matches(html))
        {
            text.Append(Plain(html[from..match.Index])).Append("[black on yellow]")
                .Append(Plain(match.Groups[1].Value)).Append("[/]");
            from = match.Index + match.Length;
        }

        return text.Append(Plain(html[from..])).ToString();
    }

    private static string Plain(string html)
    {
        var text = WebUtility.HtmlDecode(Tag().Replace(html, " "));

        // A document must not be able to send control sequences to the terminal.
        var safe = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return Markup.Escape(Blanks().Replace(safe, " "));
    }

    private static string ToDay(SearchHitView hit) =>
        hit.ModificationDate?.ToString(" · yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    [GeneratedRegex("""<span class="(?:anyfetch-)?hlt">(.*?)</span>""", RegexOptions.Singleline)]
    private static partial Regex Highlight();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}
