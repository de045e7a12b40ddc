using AnyFetch.Emulators.Evernote;
using AnyFetch.Notes;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Providers.Tests.Evernote;

public sealed class NoteMarkupTests
{
    private static (string? Html, string Text) Convert(string body, int charactersMax = 10_000) =>
        NoteMarkup.Convert(EvernoteNotes.Markup(body), media => $"[{media.Hash}]", charactersMax);

    [Theory]
    [InlineData("a<b>b</b>c", "abc")]
    [InlineData("<div>a</div><div>b</div>", "a\nb")]
    [InlineData("<p> a \n b </p><p/><br/><p>c</p>", "a b\nc")]
    [InlineData("<ul><li>a</li><li>b</li></ul>", "a\nb")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc")]
    [InlineData("<en-todo/>a<br/><en-todo checked=\"true\"/>b<br/><en-todo checked=\"false\"/>c", "[ ] a\n[x] b\n[ ] c")]
    [InlineData("a&nbsp;b&eacute;&amp;&lt;&euro;&nosuch;", "a bé&<€&nosuch;")]
    [InlineData("a<en-crypt hint=\"h\">c2VjcmV0</en-crypt>b", "ab")]
    [InlineData("a<![CDATA[<b>]]>", "a<b>")]
    [InlineData("a<unknown>b<style>c<i>d</i></style>e</unknown><script/>f", "abef")]
    public void Text_is_what_a_person_reads(string body, string text) => Assert.Equal(text, Convert(body).Text);

    [Theory]
    [InlineData("<i>a</i>", "<div><i>a</i></div>")]
    [InlineData("<hr/><br/>", "<div><hr><br></div>")]
    [InlineData("&lt;script&gt;", "<div>&lt;script&gt;</div>")]
    [InlineData("<a href='JavaScript:x'>a</a>", "<div><a rel=\"noopener noreferrer\">a</a></div>")]
    [InlineData("<a href='/relative'>a</a>", "<div><a rel=\"noopener noreferrer\">a</a></div>")]
    [InlineData("<p title='&quot;&gt;&lt;b'>a</p>", "<div><p title=\"&quot;&gt;&lt;b\">a</p></div>")]
    [InlineData("<p style='position: fixed; COLOR : #fff; width: 1px/**/; color: expression(1)'>a</p>", "<div><p style=\"COLOR : #fff\">a</p></div>")]
    [InlineData("<en-media hash='ABC' type='image/png'/>", "<div>[abc]</div>")]
    [InlineData("<unknown id='x'>a</unknown><svg><b>c</b></svg>", "<div>a</div>")]
    [InlineData("<img src='http://x/y' alt='a &amp; b'/>", "<div>a &amp; b</div>")]
    public void Html_holds_only_what_is_known_to_be_harmless(string body, string html) => Assert.Equal(html, Convert(body).Html);

    [Theory]
    [InlineData("<en-note>")]
    [InlineData("no markup")]
    [InlineData("<!DOCTYPE en-note [<!ENTITY a \"b\">]><en-note>&a;</en-note><en-note/>")]
    public void What_is_no_note_is_refused(string markup) =>
        Assert.Throws<InvalidDataException>(() => NoteMarkup.Convert(markup, _ => "", 1000));

    [Fact]
    public void A_note_of_its_own_entities_does_not_expand_them()
    {
        var bomb = "<!DOCTYPE en-note [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><en-note>&b;</en-note>";
        Assert.Equal("&b;", NoteMarkup.Convert(bomb, _ => "", 1000).Text);
    }

    [Fact]
    public void A_note_that_is_too_long_keeps_its_beginning_as_text_and_shows_nothing()
    {
        var (html, text) = Convert(string.Concat(Enumerable.Repeat("<b>😀</b>", 100)), charactersMax: 25);
        Assert.Null(html);
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 12)), text);
    }

    [Fact]
    public void Elements_that_nest_deep_are_shown_to_a_depth()
    {
        var (html, text) = Convert(
            string.Concat(Enumerable.Repeat("<div>", 5000)) + "x" + string.Concat(Enumerable.Repeat("</div>", 5000)), 100_000);
        Assert.Equal("x", text);
        Assert.InRange(html!.Length, 200, 10_000);
    }

    [Fact]
    public void Any_text_comes_out_as_it_went_in() => Prop.ForAll(
        ArbMap.Default.ArbFor<string>().Filter(text => text is not null && text.All(letter => letter is >= ' ' and < '\ud800')),
        text =>
        {
            var (html, plain) = Convert(System.Net.WebUtility.HtmlEncode(text));
            return System.Net.WebUtility.HtmlDecode(html) == $"<div>{text}</div>"
                && plain == string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }).QuickCheckThrowOnFailure();
}
