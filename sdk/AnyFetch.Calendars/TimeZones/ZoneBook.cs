using AnyFetch.Calendars.ContentLines;

namespace AnyFetch.Calendars.TimeZones;

/// <summary>The zones of one file: those that it defines, then the system's. Each name is looked up once.</summary>
internal sealed class ZoneBook
{
    private const int NamesMax = 500;

    private readonly Dictionary<string, Zone?> _zones = new(StringComparer.Ordinal);
    private readonly string? _default;

    private ZoneBook(string? standard) => _default = standard;

    /// <summary>The book of a file's components; times without a zone are in <paramref name="standard"/>, if that is known.</summary>
    internal static ZoneBook Of(List<Component> components, string? standard, ContentLimits limits)
    {
        var parts = new Dictionary<Component, List<Observance>>();
        foreach (var component in components)
        {
            if (component is { Name: "STANDARD" or "DAYLIGHT", Parent.Name: "VTIMEZONE" } && parts.Count < limits.ZonesMax)
            {
                if (!parts.TryGetValue(component.Parent, out var list))
                {
                    parts[component.Parent] = list = [];
                }

                if (list.Count < limits.ZonesMax && Observance.Of(component) is { } observance)
                {
                    list.Add(observance);
                }
            }
        }

        var book = new ZoneBook(standard);
        foreach (var (zone, observances) in parts)
        {
            if (zone.First("TZID")?.Text.Trim() is { Length: > 0 } name && observances.Count > 0)
            {
                book._zones[name] = new FileZone(WindowsZones.IanaName(name) ?? name, observances);
            }
        }

        return book;
    }

    /// <summary>The zone of that name, or of the file when there is no name; null when it is unknown.</summary>
    internal Zone? Find(string? name)
    {
        name = string.IsNullOrWhiteSpace(name) ? _default : name.Trim();
        if (name is null)
        {
            return null;
        }

        if (!_zones.TryGetValue(name, out var zone) && _zones.Count < NamesMax)
        {
            _zones[name] = zone = SystemZone.Find(name);
        }

        return zone;
    }
}
