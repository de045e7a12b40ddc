using System.Collections.Frozen;
using AnyFetch.Core.Caching;

namespace AnyFetch.Core.DocumentTypes;

/// <summary>All document types, kept in memory.</summary>
public sealed class DocumentTypeCatalog(IDocumentTypeStore store, TimeProvider timeProvider) : IDisposable
{
    /// <summary>For how long another node's change may go unseen, in seconds.</summary>
    public const int LifetimeSeconds = 1;

    private readonly Snapshot<DocumentTypes> _snapshot = new(
        async cancellationToken => new DocumentTypes(await store.ListAsync(cancellationToken).ConfigureAwait(false)),
        TimeSpan.FromSeconds(LifetimeSeconds),
        timeProvider);

    /// <summary>The types as they are now.</summary>
    public ValueTask<DocumentTypes> GetAsync(CancellationToken cancellationToken) =>
        _snapshot.GetAsync(cancellationToken);

    /// <summary>Called after this node changed a type.</summary>
    public void Invalidate() => _snapshot.Invalidate();

    /// <inheritdoc/>
    public void Dispose() => _snapshot.Dispose();
}

/// <summary>A set of document types, found by id or by name.</summary>
public sealed class DocumentTypes(IReadOnlyList<DocumentType> all)
{
    private readonly FrozenDictionary<DocumentTypeId, DocumentType> _byId = all.ToFrozenDictionary(t => t.Id);
    private readonly FrozenDictionary<string, DocumentType> _byName =
        all.ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);

    public IReadOnlyList<DocumentType> All => all;

    public DocumentType? Find(DocumentTypeId id) => _byId.GetValueOrDefault(id);

    public DocumentType? Find(string name) => _byName.GetValueOrDefault(name);
}
