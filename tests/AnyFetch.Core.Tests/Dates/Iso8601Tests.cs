using System.Globalization;
using AnyFetch.Core.Dates;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Core.Tests.Dates;

public sealed class Iso8601Tests
{
    [Theory]
    [InlineData("2014", "2014-01-01T00:00:00.000")]
    [InlineData("2014-03", "2014-03-01T00:00:00.000")]
    [InlineData("2014-03-21", "2014-03-21T00:00:00.000")]
    [InlineData("20140321", "2014-03-21T00:00:00.000")]
    [InlineData("2014-03-21T16:15:04.813Z", "2014-03-21T16:15:04.813")]
    [InlineData("2014-03-21t16:15:04,8139z", "2014-03-21T16:15:04.813")]
    [InlineData("2014-03-21 16:15", "2014-03-21T16:15:00.000")]
    [InlineData("2014-03-21T16", "2014-03-21T16:00:00.000")]
    [InlineData("2014-03-21T16.5", "2014-03-21T16:30:00.000")]
    [InlineData("20140321T161504Z", "2014-03-21T16:15:04.000")]
    [InlineData("2014-03-21T16:15:04+02:00", "2014-03-21T14:15:04.000")]
    [InlineData("2014-03-21T16:15:04-0530", "2014-03-21T21:45:04.000")]
    [InlineData("2014-03-21T16:15:04+02", "2014-03-21T14:15:04.000")]
    [InlineData("2014-03-21T24:00:00Z", "2014-03-22T00:00:00.000")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000")]
    [InlineData("2012-02-29", "2012-02-29T00:00:00.000")]
    public void Dates_are_read(string text, string utc)
    {
        Assert.True(Iso8601.TryParse(text, out var instant));
        Assert.Equal(utc, instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("14")]
    [InlineData("2014-13")]
    [InlineData("2014-02-30")]
    [InlineData("2013-02-29")]
    [InlineData("0000-01-01")]
    [InlineData("2014-3-1")]
    [InlineData("2014-03-21T")]
    [InlineData("2014-03-21T25:00")]
    [InlineData("2014-03-21T24:01")]
    [InlineData("2014-03-21T10:60")]
    [InlineData("2014-03-21T10:00:61")]
    [InlineData("2014-03-21T10:00:00.")]
    [InlineData("2014-03-21T10:00:00+24:00")]
    [InlineData("2014-03-21T10:00:00+0")]
    [InlineData("2014-03-21T10:00:00ZZ")]
    [InlineData("Fri Mar 21 2014")]
    [InlineData("1395418504813")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T24:00:00")]
    [InlineData("２０１４-03-21")]
    public void Anything_else_is_refused(string? text) => Assert.False(Iso8601.TryParse(text, out _));

    [Fact]
    public void What_the_API_writes_is_read_back() => Prop.ForAll<DateTime>(value =>
    {
        var cut = new DateTimeOffset(value.Ticks - (value.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        var text = cut.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        return Iso8601.TryParse(text, out var read) && read == cut;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_makes_it_throw() => Prop.ForAll<string>(text =>
    {
        Iso8601.TryParse(text, out _);
        Iso8601.TryParse("2014" + text, out _);
        Iso8601.TryParse("2014-03-21T" + text, out _);
    }).QuickCheckThrowOnFailure();
}
