using System.Text.Json;

namespace AnyFetch.Hydrater.Http;

/// <summary>The body of <c>POST /hydrate</c> (hydration.md §5). Its text form never shows the URLs, which are credentials.</summary>
internal sealed class HydrateRequest
{
    private HydrateRequest(Uri callback, string? filePath, int priority, HydrationDocument document)
    {
        Callback = callback;
        FilePath = filePath;
        Priority = priority;
        Document = document;
    }

    internal Uri Callback { get; }

    internal string? FilePath { get; }

    internal int Priority { get; }

    internal HydrationDocument Document { get; }

    /// <summary>Attempts that failed for a reason that may pass.</summary>
    internal int Attempts { get; set; }

    /// <summary>Reads a body; null when it names no usable callback.</summary>
    internal static HydrateRequest? Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object
            || !body.TryGetProperty("callback", out var callback) || callback.ValueKind != JsonValueKind.String
            || !Uri.TryCreate(callback.GetString(), UriKind.Absolute, out var url))
        {
            return null;
        }

        var filePath = body.TryGetProperty("file_path", out var file) && file.ValueKind == JsonValueKind.String
            ? file.GetString() : null;
        var priority = body.TryGetProperty("priority", out var rank) && rank.ValueKind == JsonValueKind.Number
            && rank.TryGetInt32(out var value) ? value : 0;
        return new HydrateRequest(url, string.IsNullOrEmpty(filePath) ? null : filePath, priority, ReadDocument(body));
    }

    private static HydrationDocument ReadDocument(JsonElement body)
    {
        var document = body.TryGetProperty("document", out var member) && member.ValueKind == JsonValueKind.Object
            ? member : default;
        if (!body.TryGetProperty("metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object
            || (document.ValueKind == JsonValueKind.Object && document.TryGetProperty("metadata", out _)))
        {
            return new HydrationDocument(document.ValueKind == JsonValueKind.Object ? document.Clone() : document);
        }

        // One documentation page puts the metadata beside the document.
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (document.ValueKind == JsonValueKind.Object)
            {
                foreach (var field in document.EnumerateObject())
                {
                    field.WriteTo(writer);
                }
            }

            writer.WritePropertyName("metadata");
            metadata.WriteTo(writer);
            writer.WriteEndObject();
        }

        using var merged = JsonDocument.Parse(buffer.ToArray());
        return new HydrationDocument(merged.RootElement.Clone());
    }
}
