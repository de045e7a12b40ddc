using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AnyFetch.Provider.Running;

/// <summary>
/// A cron expression of five fields (minute, hour, day of the month, month, day of the week), each <c>*</c>, numbers, ranges,
/// lists and steps. As cron does it, a day fits when either day field fits, unless one of them is <c>*</c>.
/// </summary>
internal sealed class CronSchedule
{
    private const int YearsMax = 8;

    private readonly bool[] _minutes;
    private readonly bool[] _hours;
    private readonly bool[] _days;
    private readonly bool[] _months;
    private readonly bool[] _weekDays;
    private readonly bool _anyDay;
    private readonly bool _anyWeekDay;

    private CronSchedule(string[] fields, bool[][] sets)
    {
        (_minutes, _hours, _days, _months, _weekDays) = (sets[0], sets[1], sets[2], sets[3], sets[4]);
        _anyDay = fields[2][0] == '*';
        _anyWeekDay = fields[4][0] == '*';

        // Both 0 and 7 are Sunday.
        _weekDays[0] |= _weekDays[7];
    }

    /// <summary>False for anything but five fields that can be met.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CronSchedule? schedule)
    {
        schedule = null;
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (int Least, int Most)[] bounds = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)];
        if (fields.Length != bounds.Length)
        {
            return false;
        }

        var sets = new bool[bounds.Length][];
        for (var i = 0; i < bounds.Length; i++)
        {
            if (ReadField(fields[i], bounds[i].Least, bounds[i].Most) is not { } set)
            {
                return false;
            }

            sets[i] = set;
        }

        schedule = new CronSchedule(fields, sets);
        return schedule.Next(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc) is not null;
    }

    /// <summary>
    /// The first time after a moment, by the clocks of a zone; null when there is none for years. A time that the clocks skip
    /// in spring is taken at their next minute, one that they show twice in autumn at its first.
    /// </summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        var start = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, DateTimeKind.Unspecified);
        for (var day = start.Date; day < start.Date.AddYears(YearsMax); day = day.AddDays(1))
        {
            if (!Fits(day))
            {
                continue;
            }

            foreach (var time in TimesOf(day))
            {
                if (ToInstant(time, zone) is var instant && instant > after)
                {
                    return instant;
                }
            }
        }

        return null;
    }

    private IEnumerable<DateTime> TimesOf(DateTime day) =>
        from hour in Enumerable.Range(0, 24)
        where _hours[hour]
        from minute in Enumerable.Range(0, 60)
        where _minutes[minute]
        select day.AddHours(hour).AddMinutes(minute);

    private bool Fits(DateTime day)
    {
        var isDay = _days[day.Day];
        var isWeekDay = _weekDays[(int)day.DayOfWeek];
        return _months[day.Month] && (_anyDay || _anyWeekDay ? isDay && isWeekDay : isDay || isWeekDay);
    }

    private static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        // Of an hour that comes twice the first one has the larger offset.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static bool[]? ReadField(string field, int least, int most)
    {
        var set = new bool[most + 1];
        foreach (var part in field.Split(','))
        {
            var pieces = part.Split('/');
            var step = 1;
            if (pieces.Length > 2 || (pieces.Length == 2 && (!TryRead(pieces[1], out step) || step == 0)))
            {
                return null;
            }

            var ends = pieces[0] == "*" ? [$"{least}", $"{most}"] : pieces[0].Split('-');
            if (ends.Length > 2 || !TryRead(ends[0], out var from) || !TryRead(ends[^1], out var to))
            {
                return null;
            }

            to = ends.Length == 1 && pieces.Length == 2 ? most : to;
            if (from < least || to > most || from > to)
            {
                return null;
            }

            for (var value = from; value <= to; value += step)
            {
                set[value] = true;
            }
        }

        return set;
    }

    private static bool TryRead(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
