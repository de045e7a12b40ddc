using System.Globalization;

namespace AnyFetch.Calendars.TimeZones;

/// <summary>
/// When an offset begins each year: a month with either a weekday counted from its start or end, or a weekday among given
/// days. These are the rules that zones are written with (RFC 5545 section 3.6.5).
/// </summary>
internal sealed record ZoneRule
{
    private static readonly string[] Weekdays = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    private int Month { get; init; }

    private int Week { get; init; }

    private DayOfWeek? Weekday { get; init; }

    private IReadOnlyList<int> MonthDays { get; init; } = [];

    /// <summary>The last instant of the rule in the file's own words, as a local time; null for no end.</summary>
    internal DateTime? Until { get; private init; }

    /// <summary>The rule of an observance that starts there, or null when it is of another kind.</summary>
    internal static ZoneRule? Parse(string text, DateTime start)
    {
        var rule = new ZoneRule { Month = start.Month };
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var value = part[(equals + 1)..].ToUpperInvariant();
            var next = part[..Math.Max(equals, 0)].ToUpperInvariant() switch
            {
                "FREQ" => value == "YEARLY" ? rule : null,
                "INTERVAL" => value == "1" ? rule : null,
                "WKST" => rule,
                "BYMONTH" => Number(value, 12) is > 0 and var month ? rule with { Month = month } : null,
                "BYMONTHDAY" => rule with { MonthDays = [.. value.Split(',').Select(day => Number(day, 31)).Where(d => d > 0)] },
                "BYDAY" => WithDay(rule, value),
                "UNTIL" => rule with { Until = TimeReader.Local(value, out _, out _) },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            rule = next;
        }

        return rule with { MonthDays = rule.MonthDays.Count == 0 && rule.Weekday is null ? [start.Day] : rule.MonthDays };
    }

    /// <summary>The day of that year on which the offset begins.</summary>
    internal DateTime? DayIn(int year)
    {
        var days = DateTime.DaysInMonth(year, Month);
        if (MonthDays.Count > 0)
        {
            foreach (var day in MonthDays)
            {
                if (day <= days && new DateTime(year, Month, day) is var date && (Weekday ?? date.DayOfWeek) == date.DayOfWeek)
                {
                    return date;
                }
            }

            return null;
        }

        if (Weekday is not { } weekday)
        {
            return null;
        }

        var edge = new DateTime(year, Month, Week < 0 ? days : 1);
        var shift = Week < 0
            ? -(((edge.DayOfWeek - weekday + 7) % 7) + ((-Week - 1) * 7))
            : ((weekday - edge.DayOfWeek + 7) % 7) + ((Math.Max(Week, 1) - 1) * 7);
        return edge.Day + shift is var result && result >= 1 && result <= days ? new DateTime(year, Month, result) : null;
    }

    private static ZoneRule? WithDay(ZoneRule rule, string value)
    {
        var day = value.Length is < 2 or > 4 ? -1 : Array.IndexOf(Weekdays, value[^2..]);
        if (day < 0)
        {
            return null;
        }

        var week = 0;
        var isNumbered = value.Length == 2
            || int.TryParse(value[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out week);
        return isNumbered && Math.Abs(week) <= 5 ? rule with { Weekday = (DayOfWeek)day, Week = week } : null;
    }

    private static int Number(string text, int max) =>
        int.TryParse(text, NumberStyles.None, null, out var number) && number <= max ? number : 0;
}
