using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;

namespace AnyFetch.Core.Documents;

/// <summary>
/// Selects one document of one company: by our id, or by the identifier that a provider chose (which sees only that
/// provider's own documents).
/// </summary>
public readonly record struct DocumentKey
{
    private DocumentKey(CompanyId company, DocumentId? id, AccessTokenId provider, Identifier identifier)
    {
        Company = company;
        Id = id;
        Provider = provider;
        Identifier = identifier;
    }

    public CompanyId Company { get; }

    /// <summary>Set when the document is selected by id.</summary>
    public DocumentId? Id { get; }

    /// <summary>Meaningful when <see cref="Id"/> is null.</summary>
    public AccessTokenId Provider { get; }

    /// <summary>Meaningful when <see cref="Id"/> is null.</summary>
    public Identifier Identifier { get; }

    public static DocumentKey ById(CompanyId company, DocumentId id) => new(company, id, default, default);

    public static DocumentKey ByIdentifier(CompanyId company, AccessTokenId provider, Identifier identifier) =>
        new(company, null, provider, identifier);
}
