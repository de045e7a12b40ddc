namespace AnyFetch.Core.Search;

/// <summary>What a company's search index on this node consists of at a moment.</summary>
/// <param name="Documents">Documents in it, whoever may see them.</param>
/// <param name="Segments">Its parts, in memory and in files.</param>
/// <param name="FileBytes">Bytes of its files.</param>
/// <param name="MemoryBytes">Bytes that it takes besides its files.</param>
/// <param name="IsBehind">True while it is being brought up to the change feed.</param>
/// <param name="IsPartial">True when documents are missing from it, since a file was damaged; it is being built anew.</param>
public sealed record SearchIndexState(
    long Documents, long Segments, long FileBytes, long MemoryBytes, bool IsBehind, bool IsPartial)
{
    /// <summary>Documents that could not be indexed and that no search finds; at most 1,000 are told.</summary>
    public IReadOnlyList<UnindexedDocument> Unindexed { get; init; } = [];
}
