namespace AnyFetch.Calendars;

/// <summary>A day, or an instant with the zone in which it was written.</summary>
/// <param name="Instant">The instant in UTC; for a day its midnight.</param>
/// <param name="IsDate">Whether it is a day.</param>
/// <param name="TimeZone">The zone's name, IANA's where it is known; null for days, UTC and times without a zone.</param>
public sealed record CalendarTime(DateTimeOffset Instant, bool IsDate, string? TimeZone)
{
    /// <summary><c>2026-03-01</c> for a day, <c>2026-03-01T09:00:00.000Z</c> for an instant.</summary>
    public override string ToString() =>
        Instant.UtcDateTime.ToString(IsDate ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null);
}
