using System.Text.Json;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Hydration;

namespace AnyFetch.Api.Representations;

/// <summary>Writes hydraters (api.md §4).</summary>
internal static class HydraterWriter
{
    public static void Write(Utf8JsonWriter writer, Hydrater hydrater)
    {
        writer.WriteStartObject();
        WriteReference(writer, hydrater);
        writer.WriteString("description"u8, hydrater.Description);
        writer.WriteEndObject();
    }

    /// <summary>A hydrater in a document, by its URL; one that was removed since has nothing else.</summary>
    public static void WriteEmbedded(Utf8JsonWriter writer, string url, HydraterSet hydraters)
    {
        writer.WriteStartObject();
        if (hydraters.Find(url) is { } hydrater)
        {
            WriteReference(writer, hydrater);
        }
        else
        {
            writer.WriteString("_type"u8, "Hydrater"u8);
            writer.WriteNull("id"u8);
            writer.WriteString("url"u8, url);
            writer.WriteNull("short_name"u8);
        }

        writer.WriteEndObject();
    }

    /// <summary>A hydrater in a dry run.</summary>
    public static void WriteMatch(Utf8JsonWriter writer, HydraterMatch match)
    {
        writer.WriteStartObject();
        WriteReference(writer, match.Hydrater);
        writer.WriteBoolean("matches"u8, match.Reason is null);
        writer.WriteString("reason"u8, match.Reason);
        writer.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter writer, Hydrater hydrater)
    {
        writer.WriteString("_type"u8, "Hydrater"u8);
        writer.WriteId("id"u8, hydrater.Id.Value);
        writer.WriteString("url"u8, hydrater.Url);
        writer.WriteString("short_name"u8, hydrater.ShortName);
    }
}
