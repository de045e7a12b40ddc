using System.Text.Json;

namespace AnyFetch.Client;

/// <summary>
/// A document in any of its three representations (api.md section 4): <c>raw</c>, <c>full</c> or <c>snippet</c>. Members
/// that a representation lacks are null.
/// </summary>
public sealed record Document
{
    /// <summary>24 hexadecimal digits, given by the server.</summary>
    public string Id { get; init; } = "";

    /// <summary>The provider's own text.</summary>
    public string Identifier { get; init; } = "";

    /// <summary><c>raw</c>, <c>full</c> or <c>snippet</c>.</summary>
    public string? ProjectionType { get; init; }

    /// <summary>When the item was made.</summary>
    public DateTimeOffset? CreationDate { get; init; }

    /// <summary>When the item last changed.</summary>
    public DateTimeOffset? ModificationDate { get; init; }

    /// <summary>The access token that owns it, without its secret.</summary>
    public ConnectedProvider? Provider { get; init; }

    /// <summary>The owning company's id.</summary>
    public string? Company { get; init; }

    /// <summary>Its type.</summary>
    public DocumentType? DocumentType { get; init; }

    /// <summary>Links by name.</summary>
    public IReadOnlyDictionary<string, string> Actions { get; init; } = new Dictionary<string, string>();

    /// <summary>The document's own address.</summary>
    public string? DocumentUrl { get; init; }

    /// <summary>The stored data (raw), or the projection (full, snippet).</summary>
    public JsonElement? Data { get; init; }

    /// <summary>The searchable content; raw only.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>The title projection; full only.</summary>
    public JsonElement? Title { get; init; }

    /// <summary>Ids (raw) or documents (full).</summary>
    public JsonElement? Related { get; init; }

    /// <summary>How many documents are related; snippet only.</summary>
    public int? RelatedCount { get; init; }

    /// <summary>The rank of a hit; snippet only.</summary>
    public double? Score { get; init; }

    /// <summary>When a hydrater last changed it; raw only.</summary>
    public DateTimeOffset? LastHydration { get; init; }

    /// <summary>The hydraters at work; raw only.</summary>
    public IReadOnlyList<HydraterReference>? Hydrating { get; init; }

    /// <summary>The hydraters that are done; raw only.</summary>
    public IReadOnlyList<HydraterReference>? HydratedBy { get; init; }

    /// <summary>The hydrater that failed; raw only.</summary>
    public HydraterReference? HydraterErrored { get; init; }

    /// <summary>Why it failed; raw only.</summary>
    public string? HydrationError { get; init; }

    /// <summary>The ids of the users who may see it, or null for the whole company; raw only.</summary>
    public IReadOnlyList<string>? UserAccess { get; init; }

    /// <summary>The rendered title, when templates were asked for.</summary>
    public string? RenderedTitle { get; init; }

    /// <summary>The rendered snippet, when templates were asked for.</summary>
    public string? RenderedSnippet { get; init; }

    /// <summary>The rendered full view, when templates were asked for.</summary>
    public string? RenderedFull { get; init; }
}
