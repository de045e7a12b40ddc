namespace AnyFetch.Calendars;

/// <summary>A calendar file as it was read. A file of several calendars is read as one.</summary>
public sealed record Calendar
{
    /// <summary>What people call it (<c>X-WR-CALNAME</c>, <c>NAME</c>), or null.</summary>
    public string? Name { get; init; }

    /// <summary>The events, in the order in which they begin in the file.</summary>
    public IReadOnlyList<CalendarEntry> Events { get; init; } = [];

    /// <summary>The tasks (<c>VTODO</c>), likewise.</summary>
    public IReadOnlyList<CalendarEntry> Tasks { get; init; } = [];
}
