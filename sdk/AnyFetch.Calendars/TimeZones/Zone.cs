namespace AnyFetch.Calendars.TimeZones;

/// <summary>A time zone that turns a wall clock's time into an instant.</summary>
internal abstract class Zone(string name)
{
    /// <summary>IANA's name where it is known, else the file's.</summary>
    internal string Name { get; } = name;

    /// <summary>The instant, or null beyond the calendar's end. Of two instants it is the first, as RFC 5545 says.</summary>
    internal DateTimeOffset? ToUtc(DateTime local)
    {
        var ticks = local.Ticks - OffsetAt(local).Ticks;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    protected abstract TimeSpan OffsetAt(DateTime local);
}
