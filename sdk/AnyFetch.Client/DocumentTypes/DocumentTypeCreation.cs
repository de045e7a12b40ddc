using System.Text.Json.Nodes;

namespace AnyFetch.Client;

/// <summary>A document type to create; every member is required.</summary>
public sealed record DocumentTypeCreation
{
    /// <summary>The name, unique over all companies.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required string Description { get; init; }

    /// <summary>How its metadata is indexed; it can never change.</summary>
    public required JsonObject EsMapping { get; init; }

    /// <summary>Handlebars projections: <c>title</c>, <c>snippet</c> and <c>full</c>.</summary>
    public required IReadOnlyDictionary<string, string> Projections { get; init; }

    /// <summary>Mustache templates: <c>title</c>, <c>snippet</c> and <c>full</c>.</summary>
    public required IReadOnlyDictionary<string, string> Templates { get; init; }
}
