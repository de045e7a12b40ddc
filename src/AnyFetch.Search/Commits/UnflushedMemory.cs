namespace AnyFetch.Search.Commits;

/// <summary>Counts what all open indexes of this node hold in memory only, so that it can be bounded for all together.</summary>
internal sealed class UnflushedMemory(long bytesMax)
{
    private long _bytes;

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Bytes that should be written to files now.</summary>
    public long Excess => Bytes > bytesMax ? Bytes - bytesMax / 2 : 0;

    /// <summary>True when it is so much that changes must wait until something is written.</summary>
    public bool IsOverrun => Bytes > 2 * bytesMax;

    public void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);
}
