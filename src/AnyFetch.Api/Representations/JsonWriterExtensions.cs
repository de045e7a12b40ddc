using System.Globalization;
using System.Text.Json;
using AnyFetch.Core.Ids;

namespace AnyFetch.Api.Representations;

/// <summary>Writes ids and dates as api.md §1 wants them, without making strings of them.</summary>
internal static class JsonWriterExtensions
{
    private const string DateFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int DateChars = 24;

    public static void WriteId(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, ObjectId id)
    {
        writer.WritePropertyName(name);
        writer.WriteIdValue(id);
    }

    public static void WriteIdValue(this Utf8JsonWriter writer, ObjectId id)
    {
        Span<byte> bytes = stackalloc byte[ObjectId.ByteCount];
        Span<byte> text = stackalloc byte[ObjectId.TextLength];
        id.Write(bytes);
        Convert.TryToHexStringLower(bytes, text, out _);
        writer.WriteStringValue(text);
    }

    public static void WriteDate(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? date)
    {
        if (date is not { } instant)
        {
            writer.WriteNull(name);
            return;
        }

        Span<byte> text = stackalloc byte[DateChars];
        instant.UtcDateTime.TryFormat(text, out var written, DateFormat, CultureInfo.InvariantCulture);
        writer.WriteString(name, text[..written]);
    }

    /// <summary>The same form as text.</summary>
    public static string FormatDate(DateTimeOffset date) =>
        date.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture);

    public static void WriteTexts(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
