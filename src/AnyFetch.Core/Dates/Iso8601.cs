using System.Diagnostics.CodeAnalysis;

namespace AnyFetch.Core.Dates;

/// <summary>
/// Reads ISO 8601 dates and date-times (api.md §1, "Dates"): calendar dates in the extended and the basic form, from a
/// year alone to a fraction of a second, with or without an offset. Nothing said means midnight, and UTC.
/// </summary>
/// <remarks>
/// Years 1 to 9999. Instants are cut to the millisecond, which is what the API writes. A leap second is the start of
/// the next minute; <c>24:00</c> is the start of the next day.
/// </remarks>
public static class Iso8601
{
    /// <summary>Longest text that is looked at, in characters.</summary>
    public const int CharsMax = 64;

    /// <summary>Reads a date or a date-time; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is not { Length: > 3 and <= CharsMax })
        {
            return false;
        }

        var rest = text.AsSpan();
        if (!TryDate(ref rest, out var day))
        {
            return false;
        }

        var time = 0L;
        var offset = 0L;
        if (!rest.IsEmpty)
        {
            if (rest[0] is not ('T' or 't' or ' '))
            {
                return false;
            }

            rest = rest[1..];
            if (!TryTime(ref rest, out time) || !TryOffset(ref rest, out offset) || !rest.IsEmpty)
            {
                return false;
            }
        }

        var ticks = day.Ticks + time - offset;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        instant = new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        return true;
    }

    /// <summary><c>2014</c>, <c>2014-03</c>, <c>2014-03-21</c> or <c>20140321</c>.</summary>
    private static bool TryDate(ref ReadOnlySpan<char> rest, out DateTime day)
    {
        day = default;
        if (!TryDigits(ref rest, 4, out var year))
        {
            return false;
        }

        var month = 1;
        var dayOfMonth = 1;
        if (TryTake(ref rest, '-'))
        {
            if (!TryDigits(ref rest, 2, out month) || (TryTake(ref rest, '-') && !TryDigits(ref rest, 2, out dayOfMonth)))
            {
                return false;
            }
        }
        else if (!rest.IsEmpty && char.IsAsciiDigit(rest[0])
            && !(TryDigits(ref rest, 2, out month) && TryDigits(ref rest, 2, out dayOfMonth)))
        {
            return false;
        }

        if (year < 1 || month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateTime(year, month, dayOfMonth, 0, 0, 0, DateTimeKind.Utc);
        return true;
    }

    /// <summary><c>16</c>, <c>16:15</c>, <c>16:15:04</c>, <c>161504</c>, each with a fraction of the last part.</summary>
    private static bool TryTime(ref ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (!TryDigits(ref rest, 2, out var hour))
        {
            return false;
        }

        var unit = TimeSpan.TicksPerHour;
        var minute = 0;
        var second = 0;
        if (TryNextPart(ref rest, out var isExtended))
        {
            if (!TryDigits(ref rest, 2, out minute))
            {
                return false;
            }

            unit = TimeSpan.TicksPerMinute;
            if (isExtended ? TryTake(ref rest, ':') : StartsWithDigit(rest))
            {
                if (!TryDigits(ref rest, 2, out second))
                {
                    return false;
                }

                unit = TimeSpan.TicksPerSecond;
            }
        }

        if (!TryFraction(ref rest, unit, out var fraction) || hour > 24 || minute > 59 || second > 60)
        {
            return false;
        }

        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute)
            + (second * TimeSpan.TicksPerSecond) + fraction;
        return hour < 24 || ticks == TimeSpan.TicksPerDay;
    }

    private static bool TryFraction(ref ReadOnlySpan<char> rest, long unit, out long ticks)
    {
        ticks = 0;
        if (!TryTake(ref rest, '.') && !TryTake(ref rest, ','))
        {
            return true;
        }

        if (!StartsWithDigit(rest))
        {
            return false;
        }

        var scale = 1m;
        var value = 0m;
        for (var digits = 0; StartsWithDigit(rest); rest = rest[1..], digits++)
        {
            // Digits beyond these are below one tick of the largest unit.
            if (digits < 12)
            {
                scale /= 10;
                value += scale * (rest[0] - '0');
            }
        }

        ticks = (long)(value * unit);
        return true;
    }

    /// <summary>Nothing (UTC), <c>Z</c>, <c>+02</c>, <c>+0200</c> or <c>+02:00</c>.</summary>
    private static bool TryOffset(ref ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (rest.IsEmpty || TryTake(ref rest, 'Z') || TryTake(ref rest, 'z'))
        {
            return true;
        }

        var isWest = rest[0] is '-' or '\u2212';
        if (!isWest && rest[0] != '+')
        {
            return false;
        }

        rest = rest[1..];
        var minute = 0;
        if (!TryDigits(ref rest, 2, out var hour) || (!rest.IsEmpty && !TryOffsetMinutes(ref rest, out minute)))
        {
            return false;
        }

        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        ticks = isWest ? -ticks : ticks;
        return hour < 24 && minute < 60;
    }

    private static bool TryOffsetMinutes(ref ReadOnlySpan<char> rest, out int minute)
    {
        TryTake(ref rest, ':');
        return TryDigits(ref rest, 2, out minute);
    }

    private static bool TryNextPart(ref ReadOnlySpan<char> rest, out bool isExtended)
    {
        isExtended = TryTake(ref rest, ':');
        return isExtended || StartsWithDigit(rest);
    }

    private static bool StartsWithDigit(ReadOnlySpan<char> rest) => !rest.IsEmpty && char.IsAsciiDigit(rest[0]);

    private static bool TryTake(ref ReadOnlySpan<char> rest, char expected)
    {
        if (rest.IsEmpty || rest[0] != expected)
        {
            return false;
        }

        rest = rest[1..];
        return true;
    }

    private static bool TryDigits(ref ReadOnlySpan<char> rest, int count, out int value)
    {
        value = 0;
        if (rest.Length < count)
        {
            return false;
        }

        foreach (var c in rest[..count])
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        rest = rest[count..];
        return true;
    }
}
