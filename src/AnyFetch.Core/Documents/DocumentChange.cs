using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Files;
using AnyFetch.Core.Json;
using AnyFetch.Core.Users;

namespace AnyFetch.Core.Documents;

/// <summary>
/// What a request says about a document, checked and with names and tokens turned into ids. An absent value leaves
/// the stored one; see <see cref="DocumentMerge"/>.
/// </summary>
public sealed record DocumentChange
{
    public Optional<DocumentTypeId> Type { get; init; }

    public Optional<DateTimeOffset> CreationDate { get; init; }

    public Optional<DateTimeOffset> ModificationDate { get; init; }

    /// <summary>Merged on the first level; null values erase.</summary>
    public JsonFields Metadata { get; init; } = JsonFields.Empty;

    /// <summary>Merged on the first level; null values erase.</summary>
    public JsonFields Data { get; init; } = JsonFields.Empty;

    /// <summary>Replaced whole.</summary>
    public Optional<JsonFields> Actions { get; init; }

    /// <summary>Replaced whole.</summary>
    public Optional<IReadOnlyList<string>> Related { get; init; }

    /// <summary>Replaced whole; a present null reopens the document to the company.</summary>
    public Optional<IReadOnlyList<UserId>?> UserAccess { get; init; }

    public Optional<DocumentSource> Source { get; init; }

    /// <summary>A newly uploaded file: replaces the held one and starts the hydration over.</summary>
    public StoredFile? File { get; init; }
}
