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

    /// <summary>A hydrater as the company sees it that registered it (hydration.md §1).</summary>
    public static void WriteOwn(Utf8JsonWriter writer, Hydrater hydrater, bool isEnabled, HydraterCounters counters)
    {
        writer.WriteStartObject();
        WriteReference(writer, hydrater);
        writer.WriteString("description"u8, hydrater.Description);
        writer.WritePropertyName("filters"u8);
        writer.WriteRawValue(hydrater.Filters);
        writer.WriteNumber("priority"u8, hydrater.Priority);
        writer.WriteTexts("excludes"u8, hydrater.Excludes);
        writer.WriteTexts("rerun_on"u8, hydrater.RerunOn);
        writer.WriteBoolean("enabled"u8, isEnabled);
        writer.WriteStartObject("counters"u8);
        writer.WriteNumber("answered"u8, counters.Answered);
        writer.WriteNumber("errored"u8, counters.Errored);
        if (counters.AverageSeconds is { } seconds)
        {
            writer.WriteNumber("average_seconds"u8, Math.Round(seconds, 3));
        }
        else
        {
            writer.WriteNull("average_seconds"u8);
        }

        writer.WriteEndObject();
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
