using AnyFetch.Search.Analysis;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Search.Tests.Analysis;

public sealed class TextAnalyzerTests
{
    [Theory]
    [InlineData("Hello, World!", "hello world")]
    [InlineData("Crème BRÛLÉE œuvre Straße Æther", "creme brulee oeuvre strass aether")]
    [InlineData("cafe\u0301 so\u00ADft", "cafe soft")]
    [InlineData("l'avion d’Alice qu'il aujourd'hui John's", "avion alice il aujourd hui john")]
    [InlineData("john.doe@example.com", "john doe example com")]
    [InlineData("3.14 1,000", "3 14 1 000")]
    [InlineData("東京都 東", "東京 京都 東")]
    [InlineData("Здравствуй Ёлка", "здравствуи елка")]
    [InlineData("ΆΣΟΣ άσος", "ασοσ ασοσ")]
    [InlineData("İstanbul ISTANBUL", "istanbul istanbul")]
    [InlineData("ｆｕｌｌ１２", "full12")]
    [InlineData("I ❤ 🍕", "i ❤ 🍕")]
    [InlineData("five &lt; seven List&lt;int&gt;", "five seven list int")]
    [InlineData("lt 5 gt; &lt &amp; R&D", "lt 5 gt lt amp r d")]
    public void Words_are_folded_and_cut(string text, string expected)
    {
        Assert.Equal(expected.Split(' '), Words(text));
    }

    [Theory]
    [InlineData("cities", "city")]
    [InlineData("parties", "partie")]
    [InlineData("parties", "party")]
    [InlineData("boxes", "box")]
    [InlineData("dishes", "dish")]
    [InlineData("classes", "class")]
    [InlineData("houses", "house")]
    [InlineData("CVs", "CV")]
    [InlineData("chevaux", "cheval")]
    [InlineData("bateaux", "bateau")]
    [InlineData("bijoux", "bijou")]
    [InlineData("jeux", "jeu")]
    [InlineData("grandes", "grande")]
    [InlineData("études", "étude")]
    [InlineData("taxes", "taxe")]
    public void Singular_and_plural_are_one_term(string one, string other)
    {
        Assert.Equal(Words(one), Words(other));
    }

    [Theory]
    [InlineData("note", "not")]
    [InlineData("bus", "bu")]
    [InlineData("his", "hi")]
    [InlineData("class", "clas")]
    [InlineData("las", "la")]
    [InlineData("news1", "new1")]
    public void Different_words_stay_apart(string one, string other)
    {
        Assert.NotEqual(Words(one), Words(other));
    }

    [Theory]
    [InlineData("getUserName", "get|user|name")]
    [InlineData("iPhone", "i|phone")]
    [InlineData("invoice2014", "invoice|2014")]
    [InlineData("e-mails", "email")]
    [InlineData("state-of-the-art", "")]
    [InlineData("covid-19", "covid19")]
    [InlineData("06 12 34 56 78", "0612345678")]
    [InlineData("+33 (0)6.12.34.56.78", "330612345678")]
    [InlineData("2014-05-20", "20140520")]
    [InlineData("12 34", "")]
    [InlineData("5252ce4ce4cf", "")]
    [InlineData("plain words", "")]
    public void Other_spellings_are_aliases(string text, string expected)
    {
        var aliases = Token.Read(text).Where(t => t.Kind != TokenKind.Word).Select(t => t.Term);
        Assert.Equal(expected, string.Join('|', aliases));
    }

    [Fact]
    public void Half_a_surrogate_pair_separates_words()
    {
        Assert.Equal(["a", "b", "c", "d"], Words("a\ud800b\udc00c\ufffdd"));
    }

    [Fact]
    public void Offsets_lead_back_to_the_text()
    {
        const string Text = "L'été, getUserName e-mail";
        Assert.Equal(
            ["été", "getUserName", "get", "User", "Name", "e", "mail", "e-mail"],
            Token.Read(Text).Select(t => Text[t.Start..t.End]));
    }

    [Fact]
    public void A_term_is_cut_at_its_bound_in_documents_and_queries_alike()
    {
        var term = Assert.Single(Words(new string('é', 50) + new string('東', 0) + new string('я', 50)));
        Assert.Equal(new string('e', 50) + new string('я', 7), term);
    }

    [Fact]
    public void Any_text_gives_terms_within_bounds_and_offsets_within_the_text()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(
            Gen.Elements("a", "É", "1", " ", "-", "'", "’", ".", "@", "東", "ก", "🍕", "\ud83c", "\udf55", "ß", "\u0301",
                "06", "S", "s", "\0", "𝒜", "𠀀").ListOf().Select(parts => string.Concat(parts)).ToArbitrary(),
            text =>
            {
                var last = 0;
                foreach (var token in Token.Read(text))
                {
                    var isOrdered = token.Kind != TokenKind.Word || token.Start >= last || IsIdeograph(text, token);
                    if (token.Term.Length == 0 || token.Term.Any(c => c < '0' || char.IsUpper(c)) || token.Start >= token.End
                        || token.End > text.Length || !isOrdered
                        || System.Text.Encoding.UTF8.GetByteCount(token.Term) > TermBuffer.BytesMax)
                    {
                        return false;
                    }

                    last = token.Kind == TokenKind.Word ? token.End : last;
                }

                return true;
            }));
    }

    private static bool IsIdeograph(string text, Token token) =>
        TextAnalyzer.ClassAt(text, token.Start) == CharClass.Ideograph;

    private static IEnumerable<string> Words(string text) =>
        Token.Read(text).Where(t => t.Kind == TokenKind.Word).Select(t => t.Term);
}
