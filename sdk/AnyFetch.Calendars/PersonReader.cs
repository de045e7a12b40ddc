using AnyFetch.Calendars.ContentLines;

namespace AnyFetch.Calendars;

/// <summary>Reads ORGANIZER and ATTENDEE, in the forms of iCalendar and of vCalendar 1.0.</summary>
internal static class PersonReader
{
    internal static CalendarPerson? Read(ContentLine line)
    {
        var name = Blank(line.Parameter("CN"));
        var mail = Blank(line.Parameter("EMAIL"));
        var value = line.Text.Trim();
        if (value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            mail = Blank(Uri.UnescapeDataString(value["mailto:".Length..]).Split('?')[0]) ?? mail;
        }
        else if (value.EndsWith('>') && value.LastIndexOf('<') is >= 0 and var open)
        {
            // vCalendar 1.0 writes: John Smith <john@example.test>
            name ??= Blank(value[..open].Trim().Trim('"'));
            mail = Blank(value[(open + 1)..^1]) ?? mail;
        }
        else if (IsAddress(value))
        {
            mail ??= value;
        }
        else if (!value.Contains(':', StringComparison.Ordinal))
        {
            name ??= Blank(value);
        }

        // Some programs write the address as the name when they know none.
        mail ??= name is not null && IsAddress(name) ? name : null;
        return name is null && mail is null ? null : new CalendarPerson(name == mail ? null : name, mail);
    }

    private static bool IsAddress(string value) =>
        value.IndexOf('@', StringComparison.Ordinal) > 0 && !value.Any(char.IsWhiteSpace)
        && !value.Contains(':', StringComparison.Ordinal);

    private static string? Blank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
