using AnyFetch.Search.Writing;

namespace AnyFetch.Search.Commits;

/// <summary>What all indexes of this node share, so that thousands of open ones take no more than a few busy ones.</summary>
internal sealed class SharedResources(SearchOptions options) : IDisposable
{
    public SegmentBuilders Builders { get; } = new();

    public UnflushedMemory Unflushed { get; } = new((long)options.UnflushedMebibytesMax << 20);

    /// <summary>Held while files are written of what is in memory. Apart from merges, which may take long.</summary>
    public SemaphoreSlim Flushing { get; } = new(options.MergesMax, options.MergesMax);

    /// <summary>Held while files are merged.</summary>
    public SemaphoreSlim Merging { get; } = new(options.MergesMax, options.MergesMax);

    /// <summary>Waits until the flushes that have begun are done: they queue in order.</summary>
    public async ValueTask WaitForFlushesAsync(CancellationToken cancellationToken)
    {
        await Flushing.WaitAsync(cancellationToken).ConfigureAwait(false);
        Flushing.Release();
    }

    public void Dispose()
    {
        Flushing.Dispose();
        Merging.Dispose();
    }
}
