namespace AnyFetch.Search.Indexing;

/// <summary>What an open index consists of.</summary>
/// <param name="Documents">Documents in it.</param>
/// <param name="Segments">Segments, in memory and in files.</param>
/// <param name="FileBytes">Bytes of its files.</param>
/// <param name="MemoryBytes">Bytes that it takes besides its files.</param>
/// <param name="SetAside">Documents that could not be indexed.</param>
internal readonly record struct IndexStatistics(
    long Documents, long Segments, long FileBytes, long MemoryBytes, long SetAside)
{
    public static IndexStatistics operator +(IndexStatistics left, IndexStatistics right) => new(
        left.Documents + right.Documents,
        left.Segments + right.Segments,
        left.FileBytes + right.FileBytes,
        left.MemoryBytes + right.MemoryBytes,
        left.SetAside + right.SetAside);
}
