using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Files;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Json;
using AnyFetch.Core.Users;

namespace AnyFetch.Core.Documents;

/// <summary>A document as it is stored (the <em>raw</em> form of api.md §4).</summary>
public sealed record Document
{
    public required DocumentId Id { get; init; }

    public required CompanyId Company { get; init; }

    /// <summary>The access token that created it and that alone can select it by <see cref="Identifier"/>.</summary>
    public required AccessTokenId Provider { get; init; }

    public required Identifier Identifier { get; init; }

    public required DocumentTypeId Type { get; init; }

    public required DateTimeOffset CreationDate { get; init; }

    public required DateTimeOffset ModificationDate { get; init; }

    /// <summary>Searchable at any depth; feeds every projection.</summary>
    public required JsonFields Metadata { get; init; }

    /// <summary>Never searched; feeds the full projection only.</summary>
    public JsonFields Data { get; init; } = JsonFields.Empty;

    /// <summary>Name to URL.</summary>
    public JsonFields Actions { get; init; } = JsonFields.Empty;

    /// <summary>
    /// Ids and identifiers as they were sent. An identifier is resolved when the list is read, so a document may be
    /// referred to before it exists (api.md §8, 16).
    /// </summary>
    public IReadOnlyList<string> Related { get; init; } = [];

    /// <summary>Who finds and reads it: null for the whole company, empty for nobody.</summary>
    public IReadOnlyList<UserId>? UserAccess { get; init; }

    /// <summary>Where the original can be fetched again; decides whether the file is kept.</summary>
    public DocumentSource Source { get; init; }

    /// <summary>The file that is held for it, or null.</summary>
    public StoredFile? File { get; init; }

    public HydrationState Hydration { get; init; } = HydrationState.Untouched;

    /// <summary>True when this user finds and reads the document (auth-and-tenancy §1.1).</summary>
    public bool IsVisibleTo(UserId user) => UserAccess is null || UserAccess.Contains(user);
}
