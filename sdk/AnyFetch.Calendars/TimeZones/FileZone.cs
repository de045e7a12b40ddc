namespace AnyFetch.Calendars.TimeZones;

/// <summary>A zone that the calendar defines itself (VTIMEZONE).</summary>
internal sealed class FileZone(string name, IReadOnlyList<Observance> observances) : Zone(name)
{
    protected override TimeSpan OffsetAt(DateTime local)
    {
        Observance? current = null;
        DateTime since = default;
        foreach (var observance in observances)
        {
            if (observance.LastOnset(local) is { } onset && (current is null || onset >= since))
            {
                current = observance;
                since = onset;
            }
        }

        if (current is null)
        {
            return observances[0].From;
        }

        // A time that the clock jumps over is read with the offset before the jump.
        return local - since < current.To - current.From ? current.From : current.To;
    }
}
