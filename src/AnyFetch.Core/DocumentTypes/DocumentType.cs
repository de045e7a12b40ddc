using AnyFetch.Core.Companies;
using AnyFetch.Core.Json;

namespace AnyFetch.Core.DocumentTypes;

/// <summary>A kind of document: how it is searched, projected and shown.</summary>
public sealed record DocumentType
{
    public required DocumentTypeId Id { get; init; }

    /// <summary>Globally unique.</summary>
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Mustache templates that render a projected document as HTML.</summary>
    public required ViewTexts Templates { get; init; }

    /// <summary>Handlebars templates that project a document to a small JSON object.</summary>
    public required ViewTexts Projections { get; init; }

    /// <summary>How metadata keys are searched (search-and-projection §1.4). Never changes.</summary>
    public required JsonFields Mapping { get; init; }

    /// <summary>The company that made it; null for the built-in ones. Usable by it and its descendants.</summary>
    public CompanyId? Owner { get; init; }
}
