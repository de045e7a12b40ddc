using AnyFetch.Hydrater.Text;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Hydraters.Tests.Library;

/// <summary>HTML that is recognised as sanitised must be what the sanitiser itself would write.</summary>
public sealed class SanitizedFormTests
{
    private const int CasesMax = 20_000;

    private static readonly HtmlSanitizerOptions Plain = new();
    private static readonly HtmlSanitizerOptions Classes = new() { AllowsClasses = true };

    private static readonly string[] Pieces =
    [
        "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i>", "</i>", "<a>", "</a>", "<a href=\"https://a.test/?x=1&amp;y=2\">",
        "<a href=\"javascript:x\">", "<ul>", "</ul>", "<ol start=\"3\">", "</ol>", "<li>", "</li>", "<table>", "</table>",
        "<tbody>", "</tbody>", "<tr>", "</tr>", "<td>", "</td>", "<td colspan=\"2\">", "<th>", "</th>", "<caption>", "</caption>",
        "<colgroup>", "</colgroup>", "<col>", "<thead>", "</thead>", "<h1>", "</h1>", "<h2>", "</h2>", "<pre>", "</pre>", "<br>",
        "<hr>", "<dl>", "</dl>", "<dt>", "</dt>", "<dd>", "</dd>", "<ruby>", "</ruby>", "<rt>", "</rt>", "<span>", "</span>",
        "<input type=\"checkbox\" disabled>", "<input type=\"checkbox\" disabled checked>", "<pre>\n", "<pre>\n\n",
        "<td colspan=\"2\" rowspan=\"3\">", "<td rowspan=\"3\" rowspan=\"3\">", "<a title=\"x\" href=\"https://a.test/\">",
        "<details>", "</details>", "<summary>", "</summary>", "<blockquote>", "</blockquote>", "<div class=\"x\">", "<p class=\"a b\">",
        "<time datetime=\"2026\">", "</time>", "<script>", "</script>", "<img src=\"x\">", "<img src=\"data:image/png;base64,AA==\" alt=\"p &amp; q\">",
        "<img src=\"data:image/jpeg;base64,AA+/\" alt=\"\">", "<img src=\"data:image/svg+xml;base64,AA\" alt=\"\">",
        "<img src=\"DATA:image/PNG;base64,AA\" alt=\" a\">", "<img src=\"data:image/png;base64,AA\" alt=\"a\" class=\"x\">", "<P>", "<p >", "<!-- c -->", "<center>",
        "</center>", "<svg>", "</svg>", "<abbr title=\" x\">", "<abbr title=\"x\" class=\"y\">", "</abbr>",
        "text", " ", "\n", "&amp;", "&lt;", "&quot;", "&gt;", "&eacute;", "&", "\"", "'", ">", "<", "\u00a0", "\u0001", "é", "\ud83d\ude00",
        "\ud83d", "a < b",
    ];

    [Fact]
    public void What_is_recognised_is_what_the_sanitiser_writes() => Check(
        Gen.OneOf(Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)), Tree(4)), AssertSame);

    [Fact]
    public void What_the_sanitiser_wrote_without_moving_anything_is_recognised()
    {
        var recognised = 0;
        var written = 0;
        Check(
            Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)),
            html =>
            {
                var once = HtmlSanitizer.Rewrite(html, Plain).Html;
                written++;
                recognised += SanitizedForm.Is(once, Plain) ? 1 : 0;
                AssertSame(once);
            });
        Assert.InRange(recognised, written / 2, written);
    }

    [Theory]
    [InlineData("<p>Hi <b>all</b>: 2 &lt; 3</p>")]
    [InlineData("<h1>Trip</h1>\n<blockquote>\n<p>A &amp; B</p>\n</blockquote>")]
    [InlineData("<table><tbody><tr><td>a</td><td colspan=\"2\">b</td></tr></tbody></table>")]
    [InlineData("<ul><li>a<ul><li>b</li></ul></li></ul>")]
    [InlineData("<a href=\"https://a.test/\">a</a> &quot;b&quot; \ud83d\ude00")]
    [InlineData("<table>\n<tbody><tr>\n<td></td>\t<td colspan=\"2\" rowspan=\"3\">b</td></tr> </tbody></table>")]
    [InlineData("<pre>\n\ncode\n</pre>")]
    [InlineData("<ul><li><input type=\"checkbox\" disabled checked>done</li></ul>")]
    [InlineData("<section><img src=\"data:image/jpeg;base64,/9j/4AAQ\" alt=\"Page 1\"><details><summary>Text</summary><pre>a</pre></details></section>")]
    [InlineData("plain")]
    [InlineData("")]
    public void Usual_pages_are_recognised(string html)
    {
        Assert.True(SanitizedForm.Is(html, Plain));
        AssertSame(html);
    }

    [Fact]
    public void An_empty_line_at_the_beginning_of_preformatted_text_stays()
    {
        var once = HtmlSanitizer.Sanitize("<pre id=x>\n\n<!-- -->code</pre>").Html;

        Assert.Equal("<pre>\n\ncode</pre>", once);
        Assert.Equal(once, HtmlSanitizer.Rewrite(once, Plain).Html);
    }

    [Fact]
    public void Deep_nesting_is_not_recognised() =>
        Assert.False(SanitizedForm.Is(string.Concat(Enumerable.Repeat("<div>", 300))
            + string.Concat(Enumerable.Repeat("</div>", 300)), Plain));

    /// <summary>Elements that are closed in order, wherever a parser would want to have them.</summary>
    private static Gen<string> Tree(int depth) => depth == 0
        ? Gen.Elements("a", " ", "\n", "&amp;", "<br>", "")
        : from name in Gen.Elements(
            "p", "div", "b", "a", "ul", "li", "table", "tbody", "tr", "td", "th", "caption", "colgroup", "col", "h1", "h3",
            "pre", "dl", "dd", "ruby", "rt", "rp", "details", "summary", "center", "address", "u", "hgroup", "bdo", "wbr")
          from before in Tree(0)
          from children in Tree(depth - 1).ListOf(2)
          from after in Tree(0)
          select $"{before}<{name}>{string.Concat(children)}</{name}>{after}";

    private static void AssertSame(string html)
    {
        foreach (var options in (HtmlSanitizerOptions[])[Plain, Classes])
        {
            if (SanitizedForm.Is(html, options))
            {
                Assert.Equal(HtmlSanitizer.Rewrite(html, options).Html, html);
            }
        }
    }

    private static void Check(Gen<string> pages, Action<string> check) =>
        Prop.ForAll(pages.ToArbitrary(), check).Check(Config.QuickThrowOnFailure.WithMaxTest(CasesMax).WithEndSize(14));
}
