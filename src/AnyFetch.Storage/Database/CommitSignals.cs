using System.Collections.Concurrent;

namespace AnyFetch.Storage.Database;

/// <summary>Tells those who wait for the feed or for a queue that something was committed.</summary>
internal sealed class CommitSignals
{
    private readonly ConcurrentDictionary<string, Signal> _queues = new(StringComparer.Ordinal);

    public Signal Feed { get; } = new();

    public Signal Queue(string name) => _queues.GetOrAdd(name, static _ => new Signal());

    /// <summary>After a connection to other nodes was lost: anything may have been missed.</summary>
    public void SetAll()
    {
        Feed.Set();
        foreach (var queue in _queues.Values)
        {
            queue.Set();
        }
    }
}
