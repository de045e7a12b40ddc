using System.Text.Json.Serialization;

namespace AnyFetch.Providers.Dropbox;

/// <summary>A file, a folder, or the word that something is gone, as Dropbox tells of it.</summary>
internal sealed record DropboxEntry
{
    /// <summary><c>file</c>, <c>folder</c> or <c>deleted</c>; absent where only files are answered.</summary>
    [JsonPropertyName(".tag")]
    public string? Tag { get; init; }

    public string Name { get; init; } = "";

    public string? Id { get; init; }

    /// <summary>The whole path in lower case; null when it is not mounted in this account.</summary>
    public string? PathLower { get; init; }

    public string? PathDisplay { get; init; }

    public DateTimeOffset? ClientModified { get; init; }

    public DateTimeOffset? ServerModified { get; init; }

    public string? Rev { get; init; }

    public long? Size { get; init; }

    public string? ContentHash { get; init; }

    /// <summary>False for documents that live on the web: they can only be exported.</summary>
    public bool? IsDownloadable { get; init; }

    public DropboxExport? ExportInfo { get; init; }

    /// <summary>Null outside of shared folders.</summary>
    public DropboxSharing? SharingInfo { get; init; }

    /// <summary>Whether the file was shared with somebody alone; only told when it was asked for.</summary>
    public bool? HasExplicitSharedMembers { get; init; }
}

/// <summary>How a document without a file of its own can be had.</summary>
internal sealed record DropboxExport(string? ExportAs, IReadOnlyList<string>? ExportOptions);

/// <summary>Which shared folder something lies in.</summary>
internal sealed record DropboxSharing(string? ParentSharedFolderId);

/// <summary>Some of the members of a shared folder or file; a cursor when there are more.</summary>
internal sealed record DropboxMembers
{
    public IReadOnlyList<DropboxMember> Users { get; init; } = [];

    public string? Cursor { get; init; }
}

/// <summary>A member who has an account.</summary>
internal sealed record DropboxMember(DropboxMember.Person User)
{
    internal sealed record Person(string AccountId);
}

/// <summary>An account as others see it.</summary>
internal sealed record DropboxPerson(string? Email, bool? EmailVerified, bool? Disabled);

/// <summary>One page of a listing. All three members are always there; an answer without one is none.</summary>
internal sealed record DropboxPage
{
    [JsonRequired]
    public required IReadOnlyList<DropboxEntry> Entries { get; init; }

    [JsonRequired]
    public required string Cursor { get; init; }

    [JsonRequired]
    public required bool HasMore { get; init; }
}

/// <summary>The account that consented.</summary>
internal sealed record DropboxAccount(string? AccountId, string? Email, DropboxRoot? RootInfo);

/// <summary>The namespaces of an account: in a team space the root is not the home.</summary>
internal sealed record DropboxRoot(string? RootNamespaceId, string? HomeNamespaceId);

/// <summary>Why a call was refused: a path of tags such as <c>path/not_found/..</c>.</summary>
internal sealed record DropboxRefusal(string? ErrorSummary);

/// <summary>A notice: whose files changed.</summary>
internal sealed record DropboxNotice(DropboxNotice.Accounts? ListFolder)
{
    internal sealed record Accounts([property: JsonPropertyName("accounts")] IReadOnlyList<string>? Ids);
}

/// <summary>What is asked for: only what is set is sent.</summary>
internal sealed record DropboxQuestion
{
    public string? Path { get; init; }

    public bool? Recursive { get; init; }

    public int? Limit { get; init; }

    public bool? IncludeNonDownloadableFiles { get; init; }

    public bool? IncludeHasExplicitSharedMembers { get; init; }

    public string? Cursor { get; init; }

    public string? SharedFolderId { get; init; }

    public string? File { get; init; }

    public IReadOnlyList<string>? AccountIds { get; init; }

    public string? ExportFormat { get; init; }

    public DropboxResource? Resource { get; init; }

    public string? Format { get; init; }

    public string? Size { get; init; }

    public string? Mode { get; init; }
}

/// <summary>Whose thumbnail is asked for.</summary>
internal sealed record DropboxResource(
    [property: JsonPropertyName(".tag")] string Tag, [property: JsonPropertyName("path")] string Path);

/// <summary>Why this provider shows no picture.</summary>
internal sealed record DropboxImageError(string Code, string Message);

/// <summary>Every shape of Dropbox' answers and questions, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DropboxEntry))]
[JsonSerializable(typeof(DropboxPage))]
[JsonSerializable(typeof(DropboxAccount))]
[JsonSerializable(typeof(DropboxMembers))]
[JsonSerializable(typeof(IReadOnlyList<DropboxPerson>))]
[JsonSerializable(typeof(DropboxRefusal))]
[JsonSerializable(typeof(DropboxNotice))]
[JsonSerializable(typeof(DropboxQuestion))]
[JsonSerializable(typeof(DropboxImageError))]
internal sealed partial class DropboxJson : JsonSerializerContext;
