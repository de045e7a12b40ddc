namespace AnyFetch.Calendars;

/// <summary>Somebody who organises or attends. At least one member is set.</summary>
/// <param name="Name">The common name, or null.</param>
/// <param name="Mail">The mail address, or null.</param>
public sealed record CalendarPerson(string? Name, string? Mail);
