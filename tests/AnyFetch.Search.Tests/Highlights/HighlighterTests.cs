using AnyFetch.Core.Search;
using AnyFetch.Search.Highlights;
using AnyFetch.Search.Mapping;
using AnyFetch.Search.Tests.Support;
using Microsoft.Extensions.Options;

namespace AnyFetch.Search.Tests.Highlights;

public sealed class HighlighterTests
{
    private static readonly SearchHarness s_documents = new();

    [Theory]
    [InlineData("CV", "Two CVs here", "Two [CVs] here")]
    [InlineData("resume", "Mon Résumé.", "Mon [Résumé].")]
    [InlineData("quick fox", "the quick brown fox", "the [quick] brown [fox]")]
    [InlineData("quick brown", "the quick brown fox", "the [quick brown] fox")]
    [InlineData("war peace", "of war and the peace, or", "of [war and the peace], or")]
    [InlineData("\"hello there\"", "hello you there, hello there", "hello you there, [hello there]")]
    [InlineData("hel*", "hello shell", "[hello] shell")]
    [InlineData("h?llo", "hallo hello", "[hallo hello]")]
    [InlineData("helo~", "hello world", "[hello] world")]
    [InlineData("-hello world", "hello world", "hello [world]")]
    [InlineData("john@example.com", "to john@example.com now", "to [john@example.com] now")]
    [InlineData("name", "call getUserName()", "call getUser[Name]()")]
    [InlineData("0612345678", "tel 06 12 34 56 78.", "tel [06 12 34 56 78].")]
    [InlineData("email", "an e-mail", "an [e-mail]")]
    [InlineData("avion", "l'avion", "l&#x27;[avion]")]
    [InlineData("東京", "在東京都", "在[東京]都")]
    [InlineData("title:other", "other", "other")]
    [InlineData("nothing", "some text", "some text")]
    public void Matches_in_text_are_marked(string query, string text, string expected)
    {
        Assert.Equal(Marked(expected), Highlighter().ForQuery(query).HighlightText(text));
    }

    [Theory]
    [InlineData("five", "[five] &lt; 7 &gt; 6 &amp; more")]
    [InlineData("lt", "five &lt; 7 &gt; 6 &amp; more")]
    public void Brackets_that_are_escaped_already_are_not_escaped_again(string query, string marked) =>
        Assert.Equal(Marked(marked), Highlighter().ForQuery(query).HighlightText("five &lt; 7 &gt; 6 & more"));

    [Fact]
    public void Text_is_escaped_before_it_is_marked()
    {
        Assert.Equal(
            Marked("&lt;script&gt;[alert](&quot;x&quot;)&lt;/script&gt; &amp; &#x60;"),
            Highlighter().ForQuery("alert").HighlightText("<script>alert(\"x\")</script> & `"));
    }

    [Theory]
    [InlineData("<p class=\"foo\">foo</p>", "<p class=\"foo\">[foo]</p>")]
    [InlineData("<b>f</b>oo", "<b>[f]</b>[oo]")]
    [InlineData("<a title='foo>foo'>foo</a>", "<a title='foo>foo'>[foo]</a>")]
    [InlineData("<a \"foo>foo\">x", "<a \"foo>[foo]\">x")]
    [InlineData("<script>foo()</script>foo", "<script>foo()</script>[foo]")]
    [InlineData("<style>foo{}</style><!-- foo --><p>foo", "<style>foo{}</style><!-- foo --><p>[foo]")]
    [InlineData("f&ouml;o f&#246;o", "[f&ouml;o f&#246;o]")]
    [InlineData("a < foo > b", "a < [foo] > b")]
    [InlineData("<p foo", "<p foo")]
    [InlineData("<p>fo</p><p>o</p>", "<p>fo</p><p>o</p>")]
    public void Html_is_marked_in_its_text_only(string html, string expected)
    {
        Assert.Equal(Marked(expected), Highlighter().ForQuery("foo").HighlightHtml(html));
    }

    [Fact]
    public void Fields_that_match_are_returned_by_dotted_path()
    {
        var document = s_documents.Make("""
            {"title":"Plans of Ann","text":"nothing","hash":"ann",
             "participants":[{"name":"Ann"},{"name":"Bob"}],"messages":[{"text":"x"},{"text":"Ann wrote"}]}
            """);

        var highlights = Highlighter().ForQuery("ann").Highlight(document, 200);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["title"] = Marked("Plans of [Ann]"),
                ["participants.name"] = Marked("[Ann], Bob"),
                ["messages.text"] = Marked("x, [Ann] wrote"),
            },
            highlights);
    }

    [Fact]
    public void A_key_query_marks_its_key_only()
    {
        var document = s_documents.Make("""{"title":"ann","people":[{"name":"ann"}]}""");

        Assert.Equal(["people.name"], Highlighter().ForQuery("people:ann").Highlight(document, 200).Keys);
    }

    [Fact]
    public void A_long_text_gives_the_fragment_where_the_words_are_near()
    {
        var filler = string.Concat(Enumerable.Repeat("lorem ipsum ", 100));
        var document = s_documents.Make($$"""{"text":"apple {{filler}} the apple is a pear {{filler}} pear"}""");

        var fragment = Highlighter().ForQuery("apple pear").Highlight(document, 100)["text"];

        Assert.Contains(Marked("[apple is a pear]"), fragment, StringComparison.Ordinal);
        Assert.InRange(Unmarked(fragment).Length, 60, 110);
    }

    [Fact]
    public void A_smaller_snippet_size_gives_a_shorter_fragment()
    {
        var filler = string.Concat(Enumerable.Repeat("lorem ipsum ", 100));
        var document = s_documents.Make($$"""{"text":"{{filler}} apple {{filler}}"}""");
        var highlighter = Highlighter().ForQuery("apple");

        Assert.True(Unmarked(highlighter.Highlight(document, 50)["text"]).Length * 4
            < Unmarked(highlighter.Highlight(document, 400)["text"]).Length);
    }

    [Fact]
    public void A_title_is_returned_whole()
    {
        var filler = string.Concat(Enumerable.Repeat("lorem ipsum ", 50));
        var document = s_documents.Make($$"""{"title":"{{filler}}apple"}""");

        Assert.Equal(filler + Marked("[apple]"), Highlighter().ForQuery("apple").Highlight(document, 50)["title"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("(\"broken")]
    [InlineData("-apple")]
    public void Without_a_query_nothing_is_marked(string? query)
    {
        var highlighter = Highlighter().ForQuery(query);

        Assert.Empty(highlighter.Highlight(s_documents.Make("""{"title":"apple"}"""), 200));
        Assert.Equal("<p>apple</p>", highlighter.HighlightHtml("<p>apple</p>"));
        Assert.Equal("&lt;apple", highlighter.HighlightText("<apple"));
    }

    [Fact]
    public void The_class_of_the_marks_can_be_the_older_one()
    {
        Assert.Equal("<span class=\"hlt\">a</span>", Highlighter("hlt").ForQuery("a").HighlightText("a"));
    }

    internal static IHighlighter Highlighter(string cssClass = "anyfetch-hlt") => new Highlighter(
        new MappingCache(new Core.DocumentTypes.DocumentTypeCatalog(new TestTypes(), TimeProvider.System)),
        Options.Create(new SearchOptions { HighlightClass = cssClass }));

    private static string Marked(string text) =>
        text.Replace("[", "<span class=\"anyfetch-hlt\">", StringComparison.Ordinal)
            .Replace("]", "</span>", StringComparison.Ordinal);

    private static string Unmarked(string text) =>
        text.Replace("<span class=\"anyfetch-hlt\">", "", StringComparison.Ordinal)
            .Replace("</span>", "", StringComparison.Ordinal);
}
