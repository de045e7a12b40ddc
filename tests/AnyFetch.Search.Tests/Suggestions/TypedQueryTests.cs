using AnyFetch.Search.Suggestions;

namespace AnyFetch.Search.Tests.Suggestions;

public sealed class TypedQueryTests
{
    [Theory]
    [InlineData("annual rep", "annual ", "rep")]
    [InlineData("Résu", "", "resu")]
    [InlineData("l'avi", "l'", "avi")]
    [InlineData("title:bud", "title:", "bud")]
    [InlineData("(a OR bud", "(a OR ", "bud")]
    [InlineData("-dra", "-", "dra")]
    public void The_last_word_is_what_is_being_typed(string text, string head, string last)
    {
        var query = TypedQuery.Read(text);
        Assert.Equal(last, query.Last?.Plain);
        Assert.Equal(head, query.Head);
    }

    [Theory]
    [InlineData("")]
    [InlineData("annual ")]
    [InlineData("\"annual rep")]
    [InlineData("inv*")]
    [InlineData("a AND")]
    [InlineData("東京都")]
    [InlineData("a\"b\"c \"")]
    [InlineData("...")]
    public void What_is_no_plain_word_at_the_end_is_not_completed(string text) => Assert.Null(TypedQuery.Read(text).Last);

    [Fact]
    public void Keys_operators_patterns_and_open_quotations_are_no_words()
    {
        var query = TypedQuery.Read("title:plan AND inv* or colour~ NOT \"big red\" house \"open end");
        Assert.Equal(["plan", "house"], query.Words.Select(w => w.Plain));
    }

    [Fact]
    public void Words_are_replaced_where_they_stand()
    {
        var query = TypedQuery.Read("anual (reprot OR x)");
        Assert.Equal("annual (report OR x)", query.With([(query.Words[0], "annual"), (query.Words[1], "report")]));
    }

    [Fact]
    public void Any_text_can_be_read()
    {
        var random = new Random(5);
        const string Letters = "ab1é ß-\"'():*~\\.東\u0301\ud83d\ude00\ud800\u0000AND OR:";
        for (var run = 0; run < 20_000; run++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Letters[random.Next(Letters.Length)]));
            var query = TypedQuery.Read(text);
            Assert.All(query.Words, w => Assert.True(w.Start < w.End && w.End <= text.Length, text));
            Assert.Equal(text, query.Last is { } last ? query.Head + text[last.Start..] : query.Head);
        }
    }
}
