using System.Text.Json.Serialization;

namespace AnyFetch.Providers.Box;

/// <summary>That somebody may see a folder or a file.</summary>
internal sealed record BoxCollaboration(string? Status, string? Role, BoxReader? AccessibleBy)
{
    /// <summary>Whether it was accepted, and shows the content: who may only upload sees nothing.</summary>
    [JsonIgnore]
    public bool Sees => Status == "accepted" && Role != "uploader" && AccessibleBy is not null;
}

/// <summary>A person or a group.</summary>
internal sealed record BoxReader(string? Type, string? Id, string? Login);

/// <summary>One page of who may see something.</summary>
internal sealed record BoxCollaborationPage
{
    [JsonRequired]
    public required IReadOnlyList<BoxCollaboration> Entries { get; init; }

    public string? NextMarker { get; init; }
}

/// <summary>One page of a group's members.</summary>
internal sealed record BoxMemberPage
{
    [JsonRequired]
    public required IReadOnlyList<BoxMember> Entries { get; init; }

    public int? TotalCount { get; init; }
}

/// <summary>One member.</summary>
internal sealed record BoxMember(BoxUser? User);
