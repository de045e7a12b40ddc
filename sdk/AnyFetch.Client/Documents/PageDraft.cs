using System.Buffers;
using System.Text.Json;

namespace AnyFetch.Client;

/// <summary>
/// What a provider found in one stretch of its source: sent as a whole by <see cref="DocumentsClient.SendPageAsync"/>. No
/// document may be in it twice.
/// </summary>
public sealed record PageDraft
{
    /// <summary>Documents to create or change.</summary>
    public IReadOnlyList<DocumentDraft> Documents { get; init; } = [];

    /// <summary>Identifiers of documents that are gone. What is gone at the server already is no error.</summary>
    public IReadOnlyList<string> Deletions { get; init; } = [];

    /// <summary>What could not be read; the server shows it until the item is sent or deleted.</summary>
    public IReadOnlyList<PageFailure> Failures { get; init; } = [];

    /// <summary>Where to go on once the page is made, at most 65,536 characters; null leaves the stored one.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>One JSON object a line.</summary>
    internal ReadOnlyMemory<byte> ToUtf8Lines()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer);
        foreach (var document in Documents)
        {
            Begin(writer, "document");
            document.WriteTo(writer);
            End(writer, buffer);
        }

        foreach (var identifier in Deletions)
        {
            Begin(writer, "delete");
            writer.WriteStringValue(identifier);
            End(writer, buffer);
        }

        foreach (var failure in Failures)
        {
            Begin(writer, "failure");
            JsonSerializer.Serialize(writer, failure, ClientJson.Default.PageFailure);
            End(writer, buffer);
        }

        if (Checkpoint is not null)
        {
            Begin(writer, "checkpoint");
            writer.WriteStringValue(Checkpoint);
            End(writer, buffer);
        }

        return buffer.WrittenMemory;
    }

    private static void Begin(Utf8JsonWriter writer, string name)
    {
        writer.Reset();
        writer.WriteStartObject();
        writer.WritePropertyName(name);
    }

    private static void End(Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer)
    {
        writer.WriteEndObject();
        writer.Flush();
        buffer.Write("\n"u8);
    }
}
