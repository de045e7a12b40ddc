using System.Text.Json;

namespace AnyFetch.Hydraters.Deduplicator;

/// <summary>
/// Tells documents that say enough to be compared. Those that say next to nothing are all alike, and would wipe each other.
/// </summary>
internal static class Worth
{
    /// <summary>A text of at least <see cref="TextCharactersMin"/> characters, as a constraint.</summary>
    internal const string TextPattern = "/^[\\s\\S]{32}/";

    private const int TextCharactersMin = 32;
    private const int KeysMin = 3;

    /// <summary>Keys that many documents share the values of, or that say where something lies and not what it is.</summary>
    private static readonly HashSet<string> s_generic = new(StringComparer.Ordinal)
    {
        "attachmentsCount", "author", "date", "filesCount", "hash", "height", "name", "pages", "path", "size", "starred", "status", "text",
        "thumb", "title", "width",
    };

    internal static bool IsWorthComparing(JsonElement metadata) =>
        (metadata.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            && text.GetString()!.Length >= TextCharactersMin)
        || metadata.EnumerateObject().Count(member => !s_generic.Contains(member.Name) && SaysSomething(member.Value)) >= KeysMin;

    private static bool SaysSomething(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        JsonValueKind.String => value.GetString()!.Length > 0,
        _ => value.ValueKind is JsonValueKind.Number or JsonValueKind.True,
    };
}
