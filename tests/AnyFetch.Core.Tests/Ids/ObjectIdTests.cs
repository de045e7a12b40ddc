using AnyFetch.Core.Ids;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Core.Tests.Ids;

public sealed class ObjectIdTests
{
    private static readonly DateTimeOffset s_now = new(2014, 3, 21, 16, 15, 4, TimeSpan.Zero);

    [Fact]
    public void Text_and_binary_forms_give_the_id_back() =>
        Check.QuickThrowOnFailure(Prop.ForAll<uint, ulong>((seconds, unique) =>
        {
            var id = new ObjectId(seconds, unique);
            return ObjectId.Parse(id.ToString()) == id
                && ObjectId.Parse(id.ToString().ToUpperInvariant()) == id
                && ObjectId.Read(id.ToByteArray()) == id;
        }));

    [Fact]
    public void Binary_forms_sort_as_the_ids_do() =>
        Check.QuickThrowOnFailure(Prop.ForAll<uint, ulong, ulong>((seconds, one, other) =>
        {
            var (left, right) = (new ObjectId(seconds, one), new ObjectId(seconds, other));
            var bytes = left.ToByteArray().AsSpan().SequenceCompareTo(right.ToByteArray());
            return Math.Sign(bytes) == Math.Sign(left.CompareTo(right));
        }));

    [Fact]
    public void Ids_made_by_many_threads_at_one_instant_are_all_different()
    {
        var ids = new ObjectId[100_000];
        Parallel.For(0, ids.Length, i => ids[i] = ObjectId.New(s_now));
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void A_clock_that_jumps_back_still_gives_new_ids()
    {
        var first = ObjectId.New(s_now);
        var second = ObjectId.New(s_now.AddYears(-1));
        var third = ObjectId.New(s_now);
        Assert.Equal(3, new HashSet<ObjectId> { first, second, third }.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5252ce4ce4cfcd16f55cfa3")]
    [InlineData("5252ce4ce4cfcd16f55cfa3aa")]
    [InlineData("5252ce4ce4cfcd16f55cfa3g")]
    [InlineData(" 252ce4ce4cfcd16f55cfa3a")]
    public void Anything_but_24_hexadecimal_digits_is_refused(string? text) =>
        Assert.False(ObjectId.TryParse(text, out _));
}
