using AnyFetch.Core.Documents;

namespace AnyFetch.Core.Tests.Documents;

public sealed class IdentifierTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("local://host/0123456789ab/naïve/été (1)?#.txt")]
    [InlineData("emoji 😀")]
    public void Text_is_kept_as_it_was_sent(string text)
    {
        Assert.True(Identifier.TryParse(text, out var identifier));
        Assert.Equal(text, identifier.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nul\0inside")]
    public void Text_that_could_not_be_stored_exactly_is_refused(string? text) =>
        Assert.False(Identifier.TryParse(text, out _));

    // Not inline data: an attribute's text is kept as UTF-8, which has no half pairs.
    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.All(
            (string[])["half \ud83d pair", "half at the end \ud83d", "other half \ude00"],
            text => Assert.False(Identifier.TryParse(text, out _)));

    [Fact]
    public void The_longest_identifier_is_accepted_and_one_more_character_is_not()
    {
        Assert.True(Identifier.TryParse(new string('x', Identifier.CharsMax), out _));
        Assert.False(Identifier.TryParse(new string('x', Identifier.CharsMax + 1), out _));
    }
}
