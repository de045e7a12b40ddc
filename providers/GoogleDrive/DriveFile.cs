using System.Text.Json.Serialization;

namespace AnyFetch.Providers.GoogleDrive;

/// <summary>A file or a folder, as Drive tells of it.</summary>
internal sealed record DriveFile
{
    /// <summary>The members of a permission that are asked for.</summary>
    public const string PermissionFields = "permissions(type,emailAddress,domain,deleted,allowFileDiscovery,view)";

    private const string Fields = "id,name,mimeType,parents,trashed,starred,size,md5Checksum,createdTime,modifiedTime,"
        + "webViewLink,driveId,shortcutDetails(targetId,targetMimeType),capabilities(canDownload)";

    public const string FolderType = "application/vnd.google-apps.folder";

    /// <summary>The members that are asked for.</summary>
    /// <param name="permissions">Whether those who may see it are among them.</param>
    public static string FieldsWith(bool permissions) => permissions ? $"{Fields},{PermissionFields}" : Fields;

    [JsonRequired]
    public required string Id { get; init; }

    public string Name { get; set; } = "";

    public string MimeType { get; set; } = "";

    /// <summary>The folder that holds it; absent where the person may not see it.</summary>
    public IReadOnlyList<string>? Parents { get; init; }

    public bool Trashed { get; init; }

    public bool Starred { get; init; }

    /// <summary>In bytes; absent for what has no content of its own.</summary>
    public long? Size { get; init; }

    public string? Md5Checksum { get; init; }

    public DateTimeOffset? CreatedTime { get; init; }

    public DateTimeOffset? ModifiedTime { get; init; }

    public string? WebViewLink { get; init; }

    /// <summary>The shared drive that holds it; null for a person's own.</summary>
    public string? DriveId { get; init; }

    public DriveShortcut? ShortcutDetails { get; init; }

    public DriveCapabilities? Capabilities { get; init; }

    /// <summary>Who may see it; absent where the person may not know, and in shared drives.</summary>
    public IReadOnlyList<DrivePermission>? Permissions { get; init; }

    public bool IsFolder => MimeType == FolderType;
}

/// <summary>What a shortcut leads to.</summary>
internal sealed record DriveShortcut(string? TargetId, string? TargetMimeType);

/// <summary>What the person may do with a file.</summary>
internal sealed record DriveCapabilities(bool? CanDownload);

/// <summary>Somebody who may see a file: a person, a group, a domain, or anyone.</summary>
internal sealed record DrivePermission(
    string? Type, string? EmailAddress, string? Domain, bool? Deleted, bool? AllowFileDiscovery, string? View);

/// <summary>One page of who may see a file.</summary>
internal sealed record DrivePermissionPage
{
    [JsonRequired]
    public required IReadOnlyList<DrivePermission> Permissions { get; init; }

    public string? NextPageToken { get; init; }
}

/// <summary>One page of a listing.</summary>
internal sealed record DriveFilePage
{
    [JsonRequired]
    public required IReadOnlyList<DriveFile> Files { get; init; }

    public string? NextPageToken { get; init; }

    /// <summary>Whether Drive did not look everywhere.</summary>
    public bool IncompleteSearch { get; init; }
}

/// <summary>One page of a log of changes. The last one has the start of the next ones.</summary>
internal sealed record DriveChangePage
{
    [JsonRequired]
    public required IReadOnlyList<DriveChange> Changes { get; init; }

    public string? NextPageToken { get; init; }

    public string? NewStartPageToken { get; init; }
}

/// <summary>What is now of something that changed.</summary>
internal sealed record DriveChange(string? FileId, bool Removed, DriveFile? File);

/// <summary>Where a log of changes stands.</summary>
internal sealed record DriveStart
{
    [JsonRequired]
    public required string StartPageToken { get; init; }
}

/// <summary>The shared drives that a person is a member of.</summary>
internal sealed record DrivePage
{
    [JsonRequired]
    public required IReadOnlyList<SharedDrive> Drives { get; init; }

    public string? NextPageToken { get; init; }
}

/// <summary>A shared drive.</summary>
internal sealed record SharedDrive(string Id, string Name);

/// <summary>Every shape of Drive's answers, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DriveFile))]
[JsonSerializable(typeof(DriveFilePage))]
[JsonSerializable(typeof(DriveChangePage))]
[JsonSerializable(typeof(DrivePermissionPage))]
[JsonSerializable(typeof(DriveChannel))]
[JsonSerializable(typeof(DriveStart))]
[JsonSerializable(typeof(DrivePage))]
[JsonSerializable(typeof(DriveCursor))]
internal sealed partial class DriveJson : JsonSerializerContext;
