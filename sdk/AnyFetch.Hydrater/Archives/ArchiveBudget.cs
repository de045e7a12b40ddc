namespace AnyFetch.Hydrater.Archives;

/// <summary>
/// How much an archive may still expand: everything that is read through <see cref="Bound"/> counts against one limit, and
/// going beyond it throws <see cref="HydrationException"/> (hydration.md §10).
/// </summary>
public sealed class ArchiveBudget
{
    private readonly ArchiveLimits _limits;
    private readonly long _expandedMax;
    private long _expanded;

    /// <summary>The budget of an archive of so many bytes.</summary>
    public ArchiveBudget(long archiveBytes, ArchiveLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _limits = limits;
        _expandedMax = Math.Min(limits.ExpandedBytesMax, Math.Max(limits.RatioFromBytes, archiveBytes * limits.RatioMax));
    }

    /// <summary>A read-only view of expanded content that counts what is read. It closes the inner stream with itself.</summary>
    public Stream Bound(Stream expanded) => new BoundedStream(expanded, this);

    internal void Count(int bytes)
    {
        _expanded += bytes;
        if (_expanded > _expandedMax)
        {
            throw new HydrationException(
                $"The archive expands to more than {_expandedMax:N0} bytes (at most {_limits.RatioMax} times its size).");
        }
    }
}
