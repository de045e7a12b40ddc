using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AnyFetch.Provider;

namespace AnyFetch.Providers.GoogleDrive;

/// <summary>A file as it travels through the queue.</summary>
internal sealed record DriveItem
{
    public required string Id { get; init; }

    public required string Path { get; init; }

    /// <summary>In bytes; null for an export until it is made.</summary>
    public long? Size { get; init; }

    /// <summary>The media type of the content, or of the export.</summary>
    public required string Type { get; init; }

    public bool IsExport { get; init; }

    /// <summary>False where the owner forbids downloads.</summary>
    public bool HasContent { get; init; }

    public bool IsInSharedDrive { get; init; }

    public bool Starred { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Modified { get; init; }

    public required string Link { get; init; }

    /// <summary>The name that its content travels under.</summary>
    [JsonIgnore]
    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];

    public static DriveItem Read(SyncItem.Upsert item) =>
        item.Payload?.Deserialize(DriveItemJson.Default.DriveItem)
            ?? throw new InvalidOperationException("The queue holds an item without its file.");

    public JsonObject ToPayload() => JsonSerializer.SerializeToNode(this, DriveItemJson.Default.DriveItem)!.AsObject();
}

/// <summary>The shape of queued files, generated at build time.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(DriveItem))]
internal sealed partial class DriveItemJson : JsonSerializerContext;
