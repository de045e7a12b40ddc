using System.Collections.Frozen;
using AnyFetch.Core.DocumentTypes;

namespace AnyFetch.Search.Mapping;

/// <summary>The mappings of all types, compiled once for each state of the catalogue.</summary>
internal sealed class MappingCache(DocumentTypeCatalog catalog)
{
    private volatile Mappings? _current;

    public async ValueTask<Mappings> GetAsync(CancellationToken cancellationToken)
    {
        var types = await catalog.GetAsync(cancellationToken).ConfigureAwait(false);
        if (_current is { } current && current.IsOf(types))
            return current;
        return _current = new Mappings(types);
    }

    /// <summary>A type's mapping as it was known last; mappings never change, so only a new type can be missing.</summary>
    public FieldMapping LastOf(DocumentTypeId type) => _current?.Of(type) ?? MappingReader.Default;
}

/// <summary>The compiled mappings of a set of types.</summary>
internal sealed class Mappings(DocumentTypes types)
{
    private readonly FrozenDictionary<DocumentTypeId, FieldMapping> _byType =
        types.All.ToFrozenDictionary(t => t.Id, MappingReader.Read);

    private readonly FrozenSet<string> _notAnalyzed =
        types.All.SelectMany(MappingReader.NotAnalyzedKeys).Append("hash").ToFrozenSet(StringComparer.Ordinal);

    public bool IsOf(DocumentTypes other) => ReferenceEquals(types, other);

    public FieldMapping Of(DocumentTypeId type) => _byType.GetValueOrDefault(type, MappingReader.Default);

    /// <summary>True when some type compares this key exactly.</summary>
    public bool HasNotAnalyzed(string key) => _notAnalyzed.Contains(key);
}
