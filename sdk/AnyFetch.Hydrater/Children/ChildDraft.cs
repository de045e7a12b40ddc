using System.Text.Json.Nodes;
using AnyFetch.Client;

namespace AnyFetch.Hydrater.Children;

/// <summary>
/// A document that a hydrater makes out of another one: an attachment of a mail, an event of a calendar, a member of an
/// archive (hydration.md §8).
/// </summary>
public sealed record ChildDraft
{
    /// <summary>
    /// Its name within the parent, such as <c>report.pdf</c> or <c>photos/beach.jpg</c>. The identifier becomes
    /// <c>{parent identifier}/{name}</c>; a name that comes twice gets a suffix. Unused when <see cref="Identifier"/> is set.
    /// </summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// The whole identifier, where a format has its own rule. It must begin with the parent's identifier followed by
    /// <c>/</c> or by <c> - </c>. Null, the default, makes it of <see cref="Name"/>.
    /// </summary>
    public string? Identifier { get; init; }

    /// <summary>The document type's name. Default <c>file</c>.</summary>
    public string DocumentType { get; init; } = "file";

    /// <summary>Searchable content. A child with a file and no <c>path</c> gets <c>/{name}</c>.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>Content for display.</summary>
    public JsonObject Data { get; init; } = [];

    /// <summary>Links by name, or null.</summary>
    public IReadOnlyDictionary<string, string>? Actions { get; init; }

    /// <summary>
    /// The file, or null for none. <see cref="ChildDocuments.FileOfAsync"/> makes one of a stream that can be read once;
    /// <see cref="DocumentFile.FromPath"/> one of a file in the task's temp folder. It is uploaded before <c>AddAsync</c> returns.
    /// </summary>
    public DocumentFile? File { get; init; }

    /// <summary>When it was made. Null, the default, takes the parent's.</summary>
    public DateTimeOffset? CreationDate { get; init; }

    /// <summary>When it was last changed. Null, the default, takes the parent's.</summary>
    public DateTimeOffset? ModificationDate { get; init; }

    /// <summary>Identifiers or ids of documents that it is related to, beside its parent.</summary>
    public IReadOnlyList<string> Related { get; init; } = [];
}
