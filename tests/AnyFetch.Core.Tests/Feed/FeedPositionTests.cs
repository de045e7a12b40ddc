using AnyFetch.Core.Feed;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Core.Tests.Feed;

public sealed class FeedPositionTests
{
    [Fact]
    public void Text_gives_the_position_back() =>
        Check.QuickThrowOnFailure(Prop.ForAll<long, long>((transaction, sequence) =>
        {
            var position = new FeedPosition(Math.Abs(transaction / 2), Math.Abs(sequence / 2));
            return FeedPosition.Parse(position.ToString()) == position;
        }));

    [Fact]
    public void A_later_transaction_comes_after_whatever_its_sequence_is()
    {
        Assert.True(new FeedPosition(100, 5) > new FeedPosition(99, 6));
        Assert.True(new FeedPosition(99, 6) > new FeedPosition(99, 5));
        Assert.True(FeedPosition.Start < new FeedPosition(0, 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("-7")]
    [InlineData("a-b")]
    public void Other_text_is_refused(string text) =>
        Assert.ThrowsAny<FormatException>(() => FeedPosition.Parse(text));
}
