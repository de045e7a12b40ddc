using System.Text.Json;

namespace AnyFetch.Client;

/// <summary>A kind of document. Short forms leave most members null.</summary>
public sealed record DocumentType
{
    /// <summary>24 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name, for example <c>file</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Mustache templates by view.</summary>
    public IReadOnlyDictionary<string, string>? Templates { get; init; }

    /// <summary>Handlebars projections by view.</summary>
    public IReadOnlyDictionary<string, string>? Projections { get; init; }

    /// <summary>How its metadata is indexed.</summary>
    public JsonElement? EsMapping { get; init; }

    /// <summary>The owning company; null for built-in types.</summary>
    public string? Owner { get; init; }

    /// <summary>How many documents have it; in lists and facets.</summary>
    public long? DocumentCount { get; init; }

    /// <summary>When one of its documents last changed; in lists.</summary>
    public DateTimeOffset? Updated { get; init; }
}
