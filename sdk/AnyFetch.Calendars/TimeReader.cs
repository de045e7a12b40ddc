using System.Globalization;
using AnyFetch.Calendars.TimeZones;

namespace AnyFetch.Calendars;

/// <summary>Reads dates, times and durations (RFC 5545 sections 3.3.4 to 3.3.6), with or without dashes and colons.</summary>
internal static class TimeReader
{
    private const int CharactersMax = 40;
    private const int DurationNumberMax = 10_000_000;

    /// <summary>Ten thousand years, beyond which there are no dates.</summary>
    private const long SecondsMax = 10_000L * 366 * 86_400;

    internal static CalendarTime? Read(string? value, string? zoneName, ZoneBook zones)
    {
        if (Local(value, out var isDate, out var isUtc) is not { } local)
        {
            return null;
        }

        if (isDate || isUtc)
        {
            return new CalendarTime(new DateTimeOffset(local, TimeSpan.Zero), isDate, null);
        }

        return zones.Find(zoneName) is { } zone && zone.ToUtc(local) is { } instant
            ? new CalendarTime(instant, false, zone.Name)
            : new CalendarTime(new DateTimeOffset(local, TimeSpan.Zero), false, null);
    }

    /// <summary>The wall clock's time as it is written, or null.</summary>
    internal static DateTime? Local(string? value, out bool isDate, out bool isUtc)
    {
        isDate = isUtc = false;
        if (value is null || value.Length > CharactersMax)
        {
            return null;
        }

        Span<char> digits = stackalloc char[CharactersMax];
        var length = 0;
        foreach (var c in value.AsSpan().Trim())
        {
            if (c is not ('-' or ':'))
            {
                digits[length++] = c;
            }
        }

        var text = digits[..length];
        isUtc = text.EndsWith("Z") || text.EndsWith("z");
        text = isUtc ? text[..^1] : text;
        if (text.Length < 8 || !DateTime.TryParseExact(
            text[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return null;
        }

        isDate = text.Length == 8;
        return isDate ? day : text.Length >= 13 && text[8] is 'T' or 't' or ' ' ? Clock(day, text[9..]) : null;
    }

    /// <summary>A length of time such as <c>PT1H30M</c>, <c>P2W</c> or <c>-P1D</c>; or null.</summary>
    internal static TimeSpan? Duration(string? value)
    {
        var text = (value ?? "").AsSpan().Trim();
        var isNegative = text.StartsWith("-");
        text = text.TrimStart("+-");
        if (text.Length is < 3 or > CharactersMax || text[0] is not ('P' or 'p'))
        {
            return null;
        }

        long seconds = 0;
        long number = -1;
        foreach (var c in text[1..])
        {
            if (char.IsAsciiDigit(c))
            {
                number = Math.Min((Math.Max(number, 0) * 10) + (c - '0'), DurationNumberMax);
                continue;
            }

            var unit = char.ToUpperInvariant(c) switch
            {
                'W' => 604_800, 'D' => 86_400, 'H' => 3_600, 'M' => 60, 'S' => 1, 'T' => 0, _ => -1,
            };
            if (unit < 0 || (unit > 0) != (number >= 0))
            {
                return null;
            }

            seconds += unit * Math.Max(number, 0);
            number = -1;
        }

        return number >= 0 || seconds > SecondsMax ? null : TimeSpan.FromSeconds(isNegative ? -seconds : seconds);
    }

    private static DateTime? Clock(DateTime day, ReadOnlySpan<char> clock)
    {
        if (clock.Length is not (4 or >= 6) || !int.TryParse(clock[..2], NumberStyles.None, null, out var hours)
            || !int.TryParse(clock[2..4], NumberStyles.None, null, out var minutes))
        {
            return null;
        }

        var seconds = 0;
        if (clock.Length >= 6 && !int.TryParse(clock[4..6], NumberStyles.None, null, out seconds))
        {
            return null;
        }

        if (hours > 24 || minutes > 59 || seconds > 60 || (hours == 24 && minutes + seconds > 0))
        {
            return null;
        }

        // A leap second is the last one of its minute; 24:00 is the next day's midnight.
        var ticks = day.Ticks + (((((hours * 60L) + minutes) * 60) + Math.Min(seconds, 59)) * TimeSpan.TicksPerSecond);
        return ticks > DateTime.MaxValue.Ticks ? null : new DateTime(ticks);
    }
}
