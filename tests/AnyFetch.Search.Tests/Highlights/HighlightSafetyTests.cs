using AnyFetch.Search.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Search.Tests.Highlights;

/// <summary>Hostile text and queries: nothing but our own marks may come out as markup.</summary>
public sealed class HighlightSafetyTests
{
    private const string Open = "<span class=\"anyfetch-hlt\">";
    private const string Close = "</span>";

    private static readonly Gen<string> s_hostile = Gen.Elements(
        "<", ">", "\"", "'", "&", "`", "/", "=", " ", "\n", "a", "script", "span", "class", "anyfetch", "hlt", "img src=x onerror=",
        "<script>alert(1)</script>", "<span class=\"anyfetch-hlt\">", "</span>", "&lt;", "&#60;", "&amp;", "<!--", "-->", "é",
        "🍕", "\ud83c", "<a title=\"x>", "<style>", "javascript:", "<a '", "<p/", "東京").ListOf().Select(parts => string.Concat(parts));

    private static readonly Gen<string> s_query = Gen.Elements(
        "a", "script", "span", "class", "hlt OR a", "alert OR x OR src", "lt OR amp OR 60", "a* OR s*", "\"script alert\"", "東", "x");

    [Fact]
    public void Marked_text_is_the_escaped_text_with_balanced_marks()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(
            s_hostile.ToArbitrary(), s_query.ToArbitrary(), (text, query) =>
            {
                var marked = HighlighterTests.Highlighter().ForQuery(query).HighlightText(text);
                return IsSafe(marked) && Plain(marked) == Escaped(text);
            }));
    }

    [Fact]
    public void A_fragment_holds_no_markup_but_marks()
    {
        using var json = System.Text.Json.JsonDocument.Parse("{}");
        var search = new SearchHarness();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(
            s_hostile.ToArbitrary(), s_query.ToArbitrary(), Gen.Choose(1, 60).ToArbitrary(), (text, query, size) =>
            {
                text = text.Replace("\ud83c", "", StringComparison.Ordinal);
                var metadata = System.Text.Json.JsonSerializer.Serialize(
                    new Dictionary<string, object> { ["text"] = text, ["title"] = new[] { text, "a" } });
                var highlights = HighlighterTests.Highlighter().ForQuery(query).Highlight(search.Make(metadata), size);
                return highlights.Values.All(h => IsSafe(h) && h.Contains(Open, StringComparison.Ordinal));
            }));
    }

    [Fact]
    public void Marked_html_without_its_marks_is_the_html_as_it_was()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(
            s_hostile.ToArbitrary(), s_query.ToArbitrary(), (html, query) =>
            {
                html = WithoutMarks(html);
                var marked = HighlighterTests.Highlighter().ForQuery(query).HighlightHtml(html);
                return Plain(marked) == html;
            }));
    }

    private static bool IsSafe(string marked)
    {
        // Marks do not nest and nothing else has a bracket or a quote.
        var depth = 0;
        for (var i = 0; i < marked.Length; i++)
        {
            if (string.CompareOrdinal(marked, i, Open, 0, Open.Length) == 0)
            {
                depth++;
                i += Open.Length - 1;
            }
            else if (string.CompareOrdinal(marked, i, Close, 0, Close.Length) == 0)
            {
                depth--;
                i += Close.Length - 1;
            }
            else if (marked[i] is '<' or '>' or '"' or '\'' or '`')
            {
                return false;
            }

            if (depth is not (0 or 1))
                return false;
        }

        return depth == 0;
    }

    /// <summary>Taking a mark away may leave another one: <c>&lt;&lt;/span&gt;/span&gt;</c>.</summary>
    private static string WithoutMarks(string html)
    {
        while (Plain(html) is var plain && plain != html)
            html = plain;
        return html;
    }

    private static string Plain(string marked) =>
        marked.Replace(Open, "", StringComparison.Ordinal).Replace(Close, "", StringComparison.Ordinal);

    private static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#x27;", StringComparison.Ordinal).Replace("`", "&#x60;", StringComparison.Ordinal)
        .Replace("&amp;lt;", "&lt;", StringComparison.Ordinal).Replace("&amp;gt;", "&gt;", StringComparison.Ordinal);
}
