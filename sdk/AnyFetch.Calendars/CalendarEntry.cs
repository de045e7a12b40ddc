namespace AnyFetch.Calendars;

/// <summary>An event or a task (RFC 5545 sections 3.6.1 and 3.6.2). Texts are unescaped; what the file does not say is null.</summary>
public sealed record CalendarEntry
{
    /// <summary>The worldwide name, or null.</summary>
    public string? Uid { get; init; }

    /// <summary>The title.</summary>
    public string? Summary { get; init; }

    /// <summary>The longer text; often plain, sometimes HTML.</summary>
    public string? Description { get; init; }

    /// <summary>The place.</summary>
    public string? Location { get; init; }

    /// <summary>Degrees north, -90 to 90; set together with <see cref="Longitude"/>.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees east, -180 to 180.</summary>
    public double? Longitude { get; init; }

    /// <summary>When it starts.</summary>
    public CalendarTime? Start { get; init; }

    /// <summary>When it ends, by <c>DTEND</c>, <c>DUE</c> or <c>DURATION</c>. The end of days is the day after the last.</summary>
    public CalendarTime? End { get; init; }

    /// <summary><c>DTSTART</c> as it is written.</summary>
    public string? StartText { get; init; }

    /// <summary><c>DTEND</c> as it is written.</summary>
    public string? EndText { get; init; }

    /// <summary>Who organises it.</summary>
    public CalendarPerson? Organizer { get; init; }

    /// <summary>Who takes part, in the file's order.</summary>
    public IReadOnlyList<CalendarPerson> Attendees { get; init; } = [];

    /// <summary>The recurrence rules (<c>RRULE</c>) as they are written, one a line.</summary>
    public string? Recurrence { get; init; }

    /// <summary>Which occurrence this entry replaces, as <c>RECURRENCE-ID</c> is written.</summary>
    public string? RecurrenceId { get; init; }

    /// <summary>The status in upper case, such as <c>CANCELLED</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The revision (<c>SEQUENCE</c>); 0 when absent.</summary>
    public int Sequence { get; init; }
}
