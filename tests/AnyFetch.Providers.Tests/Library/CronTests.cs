using System.Globalization;
using AnyFetch.Provider.Running;

namespace AnyFetch.Providers.Tests.Library;

public sealed class CronTests
{
    private static string[] Next(string cron, string after, string zone, int times)
    {
        Assert.True(CronSchedule.TryParse(cron, out var schedule));
        var at = DateTimeOffset.Parse(after, CultureInfo.InvariantCulture);
        var found = new List<string>();
        for (var i = 0; i < times; i++)
        {
            at = schedule.Next(at, TimeZoneInfo.FindSystemTimeZoneById(zone))!.Value;
            found.Add(at.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture));
        }

        return [.. found];
    }

    [Theory]
    [InlineData("0 2 * * *", "2026-01-01T00:00Z", "UTC", "01-01 02:00,01-02 02:00")]
    [InlineData("*/20 8-9 * * *", "2026-01-01T08:20Z", "UTC", "01-01 08:40,01-01 09:00,01-01 09:20,01-01 09:40,01-02 08:00")]
    [InlineData("30 6 * * 1-5", "2026-11-20T12:00Z", "UTC", "11-23 06:30")]
    [InlineData("0 0 29 2 *", "2026-01-01T00:00Z", "UTC", "02-29 00:00")]
    [InlineData("0 0 13 * 5", "2026-11-01T00:00Z", "UTC", "11-06 00:00,11-13 00:00,11-20 00:00")]
    [InlineData("0 0 * * 7", "2026-11-17T00:00Z", "UTC", "11-22 00:00")]
    [InlineData("5/30,7 4 1 1,7 *", "2026-01-01T00:00Z", "UTC", "01-01 04:05,01-01 04:07,01-01 04:35,07-01 04:05")]
    [InlineData("0 2 * * *", "2026-07-01T00:00Z", "Europe/Paris", "07-02 00:00")]
    [InlineData("0 2 * * *", "2026-12-01T00:00Z", "Europe/Paris", "12-01 01:00")]
    [InlineData("0 22 * * *", "2026-12-01T00:00Z", "America/New_York", "12-01 03:00")]
    public void The_next_times_are_those_of_the_zones_clocks(string cron, string after, string zone, string expected) =>
        Assert.Equal(expected.Split(','), Next(cron, after, zone, expected.Split(',').Length));

    [Fact]
    public void A_time_that_spring_skips_is_taken_once_and_one_that_autumn_repeats_is_taken_once()
    {
        // Paris: 2026-03-29 02:00 becomes 03:00, 2026-10-25 03:00 becomes 02:00.
        Assert.Equal(["03-28 01:30", "03-29 01:00", "03-30 00:30"], Next("30 2 * * *", "2026-03-28T00:00Z", "Europe/Paris", 3));
        Assert.Equal(["10-24 00:30", "10-25 00:30", "10-26 01:30"], Next("30 2 * * *", "2026-10-24T00:00Z", "Europe/Paris", 3));
    }

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("* * * * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * * 13 *")]
    [InlineData("* * * * 8")]
    [InlineData("*/0 * * * *")]
    [InlineData("5-1 * * * *")]
    [InlineData("1,,2 * * * *")]
    [InlineData("-1 * * * *")]
    [InlineData("a * * * *")]
    [InlineData("1/2/3 * * * *")]
    [InlineData("0 0 31 2 *")]
    public void What_is_no_cron_expression_or_never_comes_is_refused(string cron) =>
        Assert.False(CronSchedule.TryParse(cron, out _));
}
