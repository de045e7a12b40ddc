using System.Security.Cryptography;
using System.Text;
using AnyFetch.Calendars;

namespace AnyFetch.Hydraters.Ics;

/// <summary>The identifier of an event: <c>{file identifier} - {base64 of its key}</c> (hydraters.md §12).</summary>
internal static class EventIdentifier
{
    /// <summary>Characters of a key; a longer one is replaced by its digest, so that the identifier stays one.</summary>
    private const int KeyCharactersMax = 1_000;

    internal static string Of(string file, CalendarEntry entry)
    {
        var key = entry.Uid is { } uid
            ? entry.RecurrenceId is { } occurrence ? $"{uid}/{occurrence}" : uid
            : "VEVENT" + Part(entry.Summary) + Part(entry.StartText) + Part(entry.EndText);
        key = key.Length <= KeyCharactersMax
            ? key : "sha256-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return $"{file} - {Convert.ToBase64String(Encoding.UTF8.GetBytes(key))}";
    }

    private static string Part(string? value) => value is null ? "" : "-" + value;
}
