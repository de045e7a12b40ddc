using AnyFetch.Core.Companies;

namespace AnyFetch.Core.DocumentTypes;

/// <summary>Keeps document types.</summary>
public interface IDocumentTypeStore
{
    ValueTask<IReadOnlyList<DocumentType>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Adds a type. False when its name is taken.</summary>
    ValueTask<bool> AddAsync(DocumentType type, CancellationToken cancellationToken);

    /// <summary>Adds or replaces a built-in type, at start.</summary>
    ValueTask PutBuiltInAsync(DocumentType type, CancellationToken cancellationToken);

    /// <summary>Replaces description, projections and templates. False when unknown.</summary>
    ValueTask<bool> UpdateAsync(DocumentType type, CancellationToken cancellationToken);

    /// <summary>Removes a type unless a document of these companies uses it. False when it is used.</summary>
    ValueTask<bool> RemoveAsync(
        DocumentTypeId id,
        IReadOnlyCollection<CompanyId> companies,
        CancellationToken cancellationToken);
}
