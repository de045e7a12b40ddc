using System.Buffers;
using System.Text;
using System.Text.Json;
using AnyFetch.Core.Companies;

namespace AnyFetch.Storage.Companies;

/// <summary>What a company says about hydration as JSON; null for one that says nothing, as most do.</summary>
internal static class CompanyHydrationJson
{
    private const string Languages = "languages";
    private const string JunkNames = "junk_names";
    private const string JunkFolders = "junk_folders";
    private const string CallbackSeconds = "callback_seconds";
    private const string KeepsOriginals = "keep_originals";

    public static string? Write(CompanyHydration hydration)
    {
        if (hydration == CompanyHydration.Unsaid)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteTexts(writer, Languages, hydration.Languages);
            WriteTexts(writer, JunkNames, hydration.JunkNames);
            WriteTexts(writer, JunkFolders, hydration.JunkFolders);
            if (hydration.CallbackSeconds is { } seconds)
            {
                writer.WriteNumber(CallbackSeconds, seconds);
            }

            if (hydration.KeepsOriginals)
            {
                writer.WriteBoolean(KeepsOriginals, true);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static CompanyHydration Read(string? json)
    {
        if (json is null)
        {
            return CompanyHydration.Unsaid;
        }

        using var parsed = JsonDocument.Parse(json);
        var root = parsed.RootElement;
        return new CompanyHydration
        {
            Languages = ReadTexts(root, Languages),
            JunkNames = ReadTexts(root, JunkNames),
            JunkFolders = ReadTexts(root, JunkFolders),
            CallbackSeconds = root.TryGetProperty(CallbackSeconds, out var seconds) ? seconds.GetInt32() : null,
            KeepsOriginals = root.TryGetProperty(KeepsOriginals, out _),
        };
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string>? texts)
    {
        if (texts is null)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static IReadOnlyList<string>? ReadTexts(JsonElement root, string name) =>
        root.TryGetProperty(name, out var texts) ? [.. texts.EnumerateArray().Select(text => text.GetString()!)] : null;
}
