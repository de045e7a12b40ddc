using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnyFetch.Providers.Box;

/// <summary>A file, a folder or a web link, as Box tells of it.</summary>
internal sealed record BoxItem
{
    /// <summary>What every question asks for.</summary>
    public const string Fields =
        "id,type,name,etag,sha1,size,created_at,modified_at,path_collection,item_status,permissions,owned_by,"
        + "has_collaborations";

    public const string File = "file";
    public const string Folder = "folder";

    public string? Type { get; init; }

    public string? Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Changes whenever anything of the item changes, save the names of the folders above it.</summary>
    public string? Etag { get; init; }

    /// <summary>The hash of the content.</summary>
    public string? Sha1 { get; init; }

    public long? Size { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>The folders above, from the root.</summary>
    public BoxPath? PathCollection { get; init; }

    /// <summary><c>active</c>, <c>trashed</c> or <c>deleted</c>.</summary>
    public string? ItemStatus { get; init; }

    public BoxPermissions? Permissions { get; init; }

    public BoxUser? OwnedBy { get; init; }

    /// <summary>Whether the file itself, and not a folder above, is shared.</summary>
    public bool? HasCollaborations { get; init; }

    [JsonIgnore]
    public bool IsActive => ItemStatus is null or "active";
}

/// <summary>Folders from the root down.</summary>
internal sealed record BoxPath(IReadOnlyList<BoxFolder>? Entries);

/// <summary>One folder of a path.</summary>
internal sealed record BoxFolder(string? Id, string? Name);

/// <summary>What the account may do with an item.</summary>
internal sealed record BoxPermissions(bool? CanDownload);

/// <summary>One page of a folder. An answer without entries is none.</summary>
internal sealed record BoxFolderPage
{
    [JsonRequired]
    public required IReadOnlyList<BoxItem> Entries { get; init; }

    /// <summary>Where the next page begins; null or empty on the last.</summary>
    public string? NextMarker { get; init; }
}

/// <summary>What happened since a position of the stream.</summary>
internal sealed record BoxEventPage
{
    [JsonRequired]
    public required IReadOnlyList<BoxEvent> Entries { get; init; }

    /// <summary>A number, or a text where the number is too large for a double.</summary>
    [JsonRequired]
    public required JsonElement NextStreamPosition { get; init; }

    [JsonIgnore]
    public string Position => NextStreamPosition.ValueKind == JsonValueKind.String
        ? NextStreamPosition.GetString()!
        : NextStreamPosition.GetRawText();
}

/// <summary>Something happened to an item. Box may tell of it twice, and in another order than it happened.</summary>
internal sealed record BoxEvent(string? EventId, string? EventType, BoxEventSource? Source);

/// <summary>
/// What an event is about: an item itself, an item by other names, or a collaboration that names its item.
/// </summary>
internal sealed record BoxEventSource(
    string? Type, string? Id, string? ItemType, string? ItemId, BoxEventSource? Item)
{
    /// <summary>The type and id of the item.</summary>
    public (string? Type, string? Id) Subject => Item?.Subject ?? (ItemType ?? Type, ItemId ?? Id);
}

/// <summary>The account that consented.</summary>
internal sealed record BoxUser(string? Id, string? Login);

/// <summary>Why a call was refused.</summary>
internal sealed record BoxRefusal(string? Code);

/// <summary>A notice: who did something to what.</summary>
internal sealed record BoxNotice(BoxUser? CreatedBy, BoxNoticeSource? Source);

/// <summary>What a notice is about.</summary>
internal sealed record BoxNoticeSource(BoxUser? OwnedBy);

/// <summary>Every shape of Box' answers, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BoxItem))]
[JsonSerializable(typeof(BoxFolderPage))]
[JsonSerializable(typeof(BoxEventPage))]
[JsonSerializable(typeof(BoxUser))]
[JsonSerializable(typeof(BoxRefusal))]
[JsonSerializable(typeof(BoxNotice))]
[JsonSerializable(typeof(BoxCollaborationPage))]
[JsonSerializable(typeof(BoxMemberPage))]
[JsonSerializable(typeof(BoxCursor))]
internal sealed partial class BoxJson : JsonSerializerContext;
