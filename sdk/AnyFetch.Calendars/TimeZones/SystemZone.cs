namespace AnyFetch.Calendars.TimeZones;

/// <summary>A zone of the system's time zone database.</summary>
internal sealed class SystemZone(string name, TimeZoneInfo zone) : Zone(name)
{
    private const int NameCharactersMax = 64;
    private const int GapHoursMax = 3;

    /// <summary>
    /// The zone of that name: IANA's, Windows', or IANA's behind a vendor's prefix such as
    /// <c>/freeassociation.sourceforge.net/Tzfile/Europe/Paris</c>. Null when there is none.
    /// </summary>
    internal static SystemZone? Find(string name)
    {
        var plain = name.Trim().Trim('"');
        if (WindowsZones.IanaName(plain) is { } iana)
        {
            return Of(iana);
        }

        var parts = plain.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var count = Math.Min(parts.Length, 3); count > 0; count--)
        {
            if (Of(string.Join('/', parts[^count..])) is { } zone)
            {
                return zone;
            }
        }

        return null;
    }

    protected override TimeSpan OffsetAt(DateTime local)
    {
        if (zone.IsInvalidTime(local) && local.Ticks > TimeSpan.TicksPerHour * GapHoursMax)
        {
            return zone.GetUtcOffset(local.AddHours(-GapHoursMax));
        }

        return zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
    }

    private static SystemZone? Of(string name)
    {
        // The name becomes a file's path below the database.
        var isPlain = name.Length is > 0 and <= NameCharactersMax && char.IsAsciiLetter(name[0])
            && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+');
        return isPlain && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? new SystemZone(name, found) : null;
    }
}
