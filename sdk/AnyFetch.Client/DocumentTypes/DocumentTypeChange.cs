namespace AnyFetch.Client;

/// <summary>What to set on a document type; absent members stay as they are.</summary>
public sealed record DocumentTypeChange
{
    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Handlebars projections by view.</summary>
    public IReadOnlyDictionary<string, string>? Projections { get; init; }

    /// <summary>Mustache templates by view.</summary>
    public IReadOnlyDictionary<string, string>? Templates { get; init; }
}
