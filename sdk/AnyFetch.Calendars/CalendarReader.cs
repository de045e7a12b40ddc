using System.Globalization;
using AnyFetch.Calendars.ContentLines;
using AnyFetch.Calendars.TimeZones;

namespace AnyFetch.Calendars;

/// <summary>Reads iCalendar (RFC 5545) and vCalendar 1.0. Never throws on bad input.</summary>
public static class CalendarReader
{
    /// <summary>The calendar, or null when the text holds none.</summary>
    /// <param name="text">The decoded file.</param>
    /// <param name="limits">How much of it is read; null for the defaults.</param>
    public static Calendar? Read(string text, ContentLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        limits ??= new ContentLimits();
        var components = ComponentReader.Read(text, "VCALENDAR", IsWanted, limits);
        var calendars = components.FindAll(component => component.Name == "VCALENDAR");
        if (calendars.Count == 0)
        {
            return null;
        }

        var zones = ZoneBook.Of(components, TextOf(calendars[0], "X-WR-TIMEZONE"), limits);
        return new Calendar
        {
            Name = TextOf(calendars[0], "X-WR-CALNAME") ?? TextOf(calendars[0], "NAME"),
            Events = [.. components.Where(component => component.Name == "VEVENT").Select(c => Entry(c, "DTEND", zones))],
            Tasks = [.. components.Where(component => component.Name == "VTODO").Select(c => Entry(c, "DUE", zones))],
        };
    }

    private static bool IsWanted(string name) =>
        name is "VCALENDAR" or "VEVENT" or "VTODO" or "VTIMEZONE" or "STANDARD" or "DAYLIGHT";

    private static CalendarEntry Entry(Component component, string endName, ZoneBook zones)
    {
        var start = TimeOf(component, "DTSTART", zones);
        var (latitude, longitude) = Position(component.First("GEO")?.RawValue);
        return new CalendarEntry
        {
            Uid = TextOf(component, "UID"),
            Summary = TextOf(component, "SUMMARY"),
            Description = TextOf(component, "DESCRIPTION"),
            Location = TextOf(component, "LOCATION"),
            Latitude = latitude,
            Longitude = longitude,
            Start = start,
            End = TimeOf(component, endName, zones) ?? EndByDuration(start, component.First("DURATION")?.RawValue),
            StartText = RawOf(component, "DTSTART"),
            EndText = RawOf(component, endName),
            Organizer = component.First("ORGANIZER") is { } organizer ? PersonReader.Read(organizer) : null,
            Attendees = [.. component.All("ATTENDEE").Select(PersonReader.Read).OfType<CalendarPerson>()],
            Recurrence = Recurrence(component),
            RecurrenceId = RawOf(component, "RECURRENCE-ID"),
            Status = TextOf(component, "STATUS")?.ToUpperInvariant(),
            Sequence = int.TryParse(RawOf(component, "SEQUENCE"), NumberStyles.None, null, out var sequence) ? sequence : 0,
        };
    }

    private static string? Recurrence(Component component)
    {
        var rules = string.Join('\n', component.All("RRULE").Select(line => line.EscapedValue.Trim()).Where(r => r.Length > 0));
        return rules.Length == 0 ? null : rules;
    }

    private static string? TextOf(Component component, string name) =>
        component.First(name)?.Text.Trim() is { Length: > 0 } text ? text : null;

    private static string? RawOf(Component component, string name) =>
        component.First(name)?.RawValue.Trim() is { Length: > 0 } text ? text : null;

    private static CalendarTime? TimeOf(Component component, string name, ZoneBook zones) =>
        component.First(name) is { } line ? TimeReader.Read(line.RawValue, line.Parameter("TZID"), zones) : null;

    private static CalendarTime? EndByDuration(CalendarTime? start, string? duration)
    {
        if (start is null || TimeReader.Duration(duration) is not { } length)
        {
            return null;
        }

        var ticks = start.Instant.UtcTicks + length.Ticks;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks
            ? null
            : start with
            {
                Instant = new DateTimeOffset(ticks, TimeSpan.Zero),
                IsDate = start.IsDate && length.Ticks % TimeSpan.TicksPerDay == 0,
            };
    }

    private static (double? Latitude, double? Longitude) Position(string? value)
    {
        var parts = (value ?? "").Split([';', ','], 3);
        return parts.Length == 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude)
            && Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180
                ? (latitude, longitude)
                : (null, null);
    }
}
