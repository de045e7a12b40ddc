using System.Text;
using AnyFetch.Hydrater.Text;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Hydraters.Tests.Library;

/// <summary>The text helpers that all hydraters share (hydraters.md §1).</summary>
public sealed class TextTests
{
    static TextTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("a < b > c", "a &lt; b &gt; c")]
    [InlineData("a & b &lt;", "a & b &lt;")]
    [InlineData("a\r\nb\rc\u2028d", "a\nb\nc\nd")]
    [InlineData("a\0b\u0007c\ufffdd\ufeff", "abcd")]
    [InlineData("\ud83d\ude00 \ud83d x", "\ud83d\ude00  x")]
    [InlineData("a\u00a0b", "a b")]
    public void Cleaned_text_is_valid_and_can_never_be_markup(string text, string expected) =>
        Assert.Equal(expected, TextCleaner.Clean(text));

    [Theory]
    [InlineData("  a \n\n b\t\t c \n", "a b\tc")]
    [InlineData("a\n \n b", "a\nb")]
    public void Runs_of_blanks_become_their_first_character(string text, string expected) =>
        Assert.Equal(expected, TextCleaner.Squeeze(text));

    [Fact]
    public void Cleaning_any_text_leaves_nothing_dangerous_and_changes_nothing_the_second_time() =>
        Prop.ForAll<string>(text =>
        {
            var once = TextCleaner.CleanAndSqueeze(text ?? "");
            Assert.DoesNotContain('<', once);
            Assert.DoesNotContain(once, c => char.IsControl(c) && c is not ('\n' or '\t'));
            Assert.Equal(once, TextCleaner.CleanAndSqueeze(once));
            Assert.Equal(once, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(once)));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("<p>Hi <b>all</b>: 2 &lt; 3</p>", "Hi all: 2 < 3")]
    [InlineData("<p>a</p><p>b<br>c</p>", "a\nb\nc")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr></table>", "a b")]
    [InlineData("<script>x</script><style>y</style>a<!-- <b> -->b", "ab")]
    [InlineData("1 < 2 and 3 > 2", "1 < 2 and 3 > 2")]
    [InlineData("<a title=\"x > y\" href='z'>link</a>", "link")]
    [InlineData("<p", "")]
    [InlineData("&eacute;&#233;&#xe9;&unknown;", "ééé&unknown;")]
    public void Html_becomes_the_text_that_people_see(string html, string text) => Assert.Equal(text, HtmlText.ToText(html));

    [Fact]
    public void Stripping_tags_keeps_blank_lines() => Assert.Equal(
        "Trip\n\nnote\n\nA & B",
        HtmlText.StripTags("<h1>Trip</h1>\n<blockquote>\n<p>note</p>\n</blockquote>\n<p>A &amp; B</p>\n"));

    [Theory]
    [InlineData("<script>alert(1)</script>a", "a")]
    [InlineData("<p onclick=x() style='color:red' class=c id=i>a</p>", "<p>a</p>")]
    [InlineData("<a href='javascript:alert(1)'>a</a>", "<a>a</a>")]
    [InlineData("<a href=' java\nscript:alert(1)'>a</a>", "<a>a</a>")]
    [InlineData("<a href='https://x.test/?a=1&b=\"2\"'>a</a>", "<a href=\"https://x.test/?a=1&amp;b=&quot;2&quot;\">a</a>")]
    [InlineData("<a href='/relative'>a</a>", "<a>a</a>")]
    [InlineData("<img src=x onerror=alert(1) alt=Cat>", "Cat")]
    [InlineData("<img src='https://track.test/1.png'>", "")]
    [InlineData("<img src='data:image/svg+xml;base64,AAAA'>", "")]
    [InlineData("<img src='data:image/png;base64,AAAA' width=5>", "<img src=\"data:image/png;base64,AAAA\" alt=\"\" width=\"5\">")]
    [InlineData("<svg><a xlink:href='javascript:1'><text>x</text></a></svg>b", "b")]
    [InlineData("<math><mtext><style><img src onerror=1></style></mtext></math>b", "b")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<p></p>")]
    [InlineData("<form action=x><input value=y><button>b</button>text</form>", "text")]
    [InlineData("<iframe src=x></iframe><object data=x>o</object><embed src=x>c", "c")]
    [InlineData("<blink>a</blink>", "a")]
    [InlineData("<p>unclosed <b>bold", "<p>unclosed <b>bold</b></p>")]
    [InlineData("a &lt;script&gt; b", "a &lt;script&gt; b")]
    [InlineData("<input type=checkbox checked> done", "<input type=\"checkbox\" disabled checked> done")]
    public void Sanitised_html_holds_only_what_is_listed(string html, string expected) =>
        Assert.Equal(expected, HtmlSanitizer.Sanitize(html).Html);

    [Theory]
    [InlineData("<p class='anyfetch-title x_1'>a</p>", "<p class=\"anyfetch-title x_1\">a</p>")]
    [InlineData("<hgroup class=anyfetch-title-group>a</hgroup>", "<hgroup class=\"anyfetch-title-group\">a</hgroup>")]
    [InlineData("<img class=anyfetch-thumb src='data:image/png;base64,AAAA'>",
        "<img src=\"data:image/png;base64,AAAA\" alt=\"\" class=\"anyfetch-thumb\">")]
    [InlineData("<p class='a&quot; onclick=x'>a</p>", "<p>a</p>")]
    [InlineData("<b class=c style=d id=e>a</b>", "<b>a</b>")]
    public void Classes_are_kept_where_they_are_allowed(string html, string expected)
    {
        var options = new HtmlSanitizerOptions { AllowsClasses = true };
        Assert.Equal(expected, HtmlSanitizer.Sanitize(html, options).Html);
        Assert.DoesNotContain("class", HtmlSanitizer.Sanitize(html).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Sanitising_twice_changes_nothing()
    {
        const string Page = "<div><p>a<table><tr><td>b<p>c</table><ul><li>d<li><b>e<i>f</b>g</i></ul><a href='https://x.test'>h";
        var once = HtmlSanitizer.Sanitize(Page).Html;
        Assert.Equal(once, HtmlSanitizer.Sanitize(once).Html);
    }

    [Fact]
    public void Hostile_nesting_and_attributes_are_survived()
    {
        var deep = string.Concat(Enumerable.Repeat("<div><b>", 50_000)) + "end";
        Assert.Contains("end", HtmlSanitizer.Sanitize(deep).Html, StringComparison.Ordinal);
        var unlike = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<i title={i}><p>")) + "end";
        Assert.Contains("end", HtmlSanitizer.Sanitize(unlike).Html, StringComparison.Ordinal);
        var attributes = "<p " + string.Join(' ', Enumerable.Range(0, 100_000).Select(i => $"a{i}=1")) + ">end";
        Assert.Equal("<p>end</p>", HtmlSanitizer.Sanitize(attributes).Html);
    }

    [Theory]
    [InlineData(1252, "Le café, l’été à Noël — 5 €")]
    [InlineData(1251, "Съешь же ещё этих мягких французских булок, да выпей чаю")]
    [InlineData(20866, "Съешь же ещё этих мягких французских булок, да выпей чаю")]
    [InlineData(932, "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。")]
    [InlineData(54936, "我们的公司在上海，这是一个关于市场的报告，大家都可以看到。")]
    [InlineData(1200, "Plain text without a mark")]
    [InlineData(65001, "Déjà vu ☃")]
    public void Old_encodings_are_recognised(int codePage, string text) =>
        Assert.Equal(text, CharsetDetector.Decode(Encoding.GetEncoding(codePage).GetBytes(text)));

    [Fact]
    public void Marks_and_declarations_are_believed_in_that_order()
    {
        Assert.Equal("é", CharsetDetector.Decode([0xef, 0xbb, 0xbf, 0xc3, 0xa9], "windows-1251"));
        Assert.Equal("é", CharsetDetector.Decode([0xfe, 0xff, 0x00, 0xe9]));
        Assert.Equal("Ж", CharsetDetector.Decode([0xc6], "windows-1251"));
        Assert.Equal("Æ", CharsetDetector.Decode([0xc6], "no-such-charset"));
        Assert.Equal("€", CharsetDetector.Decode([0x80], "iso-8859-1"));
    }
}
