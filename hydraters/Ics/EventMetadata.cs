using System.Globalization;
using System.Text.Json.Nodes;
using AnyFetch.Calendars;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Ics;

/// <summary>
/// The metadata of an <c>event</c> document (hydraters.md §12). What the event does not say is null, which erases what an
/// earlier version of it said.
/// </summary>
internal static class EventMetadata
{
    private static readonly string[] s_keys =
    [
        "name", "startDate", "endDate", "timezone", "allDay", "recurrence", "description", "location", "geolocation",
        "status", "organizer",
    ];

    internal static JsonObject Of(CalendarEntry entry)
    {
        var metadata = new JsonObject();
        Put(metadata, "name", Line(entry.Summary));
        Put(metadata, "startDate", entry.Start?.ToString());
        Put(metadata, "endDate", entry.End?.ToString());
        Put(metadata, "timezone", Line(entry.Start?.TimeZone));
        if (entry.Start is { IsDate: true })
        {
            metadata["allDay"] = true;
        }

        Put(metadata, "recurrence", Line(entry.Recurrence));
        Put(metadata, "description", Description(entry.Description));
        Put(metadata, "location", Line(entry.Location));
        if (entry is { Latitude: { } latitude, Longitude: { } longitude })
        {
            metadata["geolocation"] = string.Create(CultureInfo.InvariantCulture, $"{latitude};{longitude}");
        }

        Put(metadata, "status", Line(entry.Status));
        if (entry.Organizer is { } organizer)
        {
            metadata["organizer"] = Person(organizer);
        }

        metadata["attendee"] = new JsonArray([.. Attendees(entry).Select(person => (JsonNode)Person(person))]);
        foreach (var key in s_keys.Where(key => !metadata.ContainsKey(key)))
        {
            metadata[key] = null;
        }

        return metadata;
    }

    /// <summary>Attendees, then the organizer. People with an equal name or an equal mail are one.</summary>
    private static List<CalendarPerson> Attendees(CalendarEntry entry) =>
        // The organizer may tell that two entries, one with a name and one with a mail, are the same person.
        Merge(Merge(entry.Organizer is { } organizer ? entry.Attendees.Append(organizer) : entry.Attendees));

    private static List<CalendarPerson> Merge(IEnumerable<CalendarPerson> all)
    {
        var people = new List<CalendarPerson>();
        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        var byMail = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var person in all)
        {
            var at = person.Mail is { } mail && byMail.TryGetValue(mail, out var sameMail) ? sameMail
                : person.Name is { } name && byName.TryGetValue(name, out var sameName) ? sameName : people.Count;
            var merged = at == people.Count
                ? person : new CalendarPerson(people[at].Name ?? person.Name, people[at].Mail ?? person.Mail);
            if (at == people.Count)
            {
                people.Add(person);
            }

            people[at] = merged;
            if (person.Name is { } known)
            {
                byName.TryAdd(known, at);
            }

            if (person.Mail is { } address)
            {
                byMail.TryAdd(address, at);
            }
        }

        return people;
    }

    private static JsonObject Person(CalendarPerson person)
    {
        var json = new JsonObject();
        Put(json, "name", Line(person.Name));
        Put(json, "mail", Line(person.Mail));
        return json;
    }

    /// <summary>The text without what calendar services add to it: a link to their own page and its frame.</summary>
    private static string? Description(string? description)
    {
        if (description is null)
        {
            return null;
        }

        var isHtml = description.Contains("</", StringComparison.Ordinal)
            || description.Contains("<br", StringComparison.OrdinalIgnoreCase);
        var text = isHtml ? HtmlText.ToText(description.ReplaceLineEndings("<br>")) : description.ReplaceLineEndings("\n");
        return TextCleaner.Clean(string.Join('\n', text.Split('\n').Where(line => !IsBoilerplate(line)))).Trim();
    }

    private static bool IsBoilerplate(string line) =>
        line.Contains("View your event at http", StringComparison.OrdinalIgnoreCase)
        || line.Contains("do not edit this section of the description", StringComparison.OrdinalIgnoreCase)
        || line.StartsWith("-::~:~::", StringComparison.Ordinal);

    private static string? Line(string? text) => text is null ? null : TextCleaner.CleanAndSqueeze(text);

    private static void Put(JsonObject map, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            map[key] = value;
        }
    }
}
