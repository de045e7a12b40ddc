using System.Collections.Concurrent;

namespace AnyFetch.Search.Writing;

/// <summary>
/// The builders of all indexes on this node. Few indexes are written at once, so few builders with their buffers serve
/// thousands of open ones.
/// </summary>
internal sealed class SegmentBuilders
{
    /// <summary>Builders that wait for use.</summary>
    private const int IdleMax = 4;

    /// <summary>Buffers that a waiting builder may keep.</summary>
    private const long IdleBytesMax = 32 << 20;

    private readonly ConcurrentBag<SegmentBuilder> _idle = [];

    /// <summary>An empty builder, for one thread until it is returned.</summary>
    public SegmentBuilder Rent() => _idle.TryTake(out var builder) ? builder : new SegmentBuilder();

    /// <summary>Takes a builder back, whatever is in it.</summary>
    public void Return(SegmentBuilder builder)
    {
        builder.Clear();
        if (_idle.Count < IdleMax && builder.BufferBytes <= IdleBytesMax)
            _idle.Add(builder);
    }
}
