using AnyFetch.Calendars.ContentLines;

namespace AnyFetch.Calendars.TimeZones;

/// <summary>One STANDARD or DAYLIGHT part of a zone: from when on, and year by year, an offset holds.</summary>
internal sealed record Observance
{
    private DateTime Start { get; init; }

    private ZoneRule? Rule { get; init; }

    private IReadOnlyList<DateTime> MoreDates { get; init; } = [];

    /// <summary>The offset before.</summary>
    internal TimeSpan From { get; private init; }

    /// <summary>The offset after.</summary>
    internal TimeSpan To { get; private init; }

    /// <summary>Null when the part cannot be understood.</summary>
    internal static Observance? Of(Component component)
    {
        if (TimeReader.Local(component.First("DTSTART")?.RawValue, out _, out _) is not { } start
            || Offset(component.First("TZOFFSETTO")?.RawValue) is not { } to)
        {
            return null;
        }

        var rule = component.First("RRULE") is { } line ? ZoneRule.Parse(line.RawValue, start) : null;
        if (rule is null && component.First("RRULE") is not null)
        {
            return null;
        }

        var dates = component.All("RDATE").SelectMany(date => date.RawValue.Split(','))
            .Select(date => TimeReader.Local(date, out _, out _)).OfType<DateTime>();
        return new Observance
        {
            Start = start,
            Rule = rule,
            MoreDates = [.. dates.Order()],
            From = Offset(component.First("TZOFFSETFROM")?.RawValue) ?? to,
            To = to,
        };
    }

    /// <summary>When the offset last began at or before a wall clock's time; null when it had not begun yet.</summary>
    internal DateTime? LastOnset(DateTime local)
    {
        if (local < Start)
        {
            return null;
        }

        var last = Start;
        var year = Rule?.Until is { } until && until < local ? until.Year : local.Year;
        for (var back = 0; Rule is not null && back < 2 && year - back >= Start.Year; back++)
        {
            if (Rule.DayIn(year - back) is { } day && day + Start.TimeOfDay is var onset && onset <= local
                && onset >= Start && onset.Date <= (Rule.Until ?? DateTime.MaxValue))
            {
                last = onset;
                break;
            }
        }

        var at = MoreDates.Count;
        while (at > 0 && MoreDates[at - 1] > local)
        {
            at--;
        }

        return at > 0 && MoreDates[at - 1] > last ? MoreDates[at - 1] : last;
    }

    /// <summary><c>+0100</c>, <c>-053000</c>, <c>+01:00</c>.</summary>
    private static TimeSpan? Offset(string? value)
    {
        var text = (value ?? "").Trim().Replace(":", "", StringComparison.Ordinal);
        if (text.Length is not (5 or 7) || text[0] is not ('+' or '-') || text.AsSpan(1).ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        var seconds = ((Two(text, 1) * 60) + Two(text, 3)) * 60 + (text.Length == 7 ? Two(text, 5) : 0);
        return seconds > 86_400 ? null : TimeSpan.FromSeconds(text[0] == '-' ? -seconds : seconds);
    }

    private static int Two(string text, int at) => ((text[at] - '0') * 10) + (text[at + 1] - '0');
}
