using System.Diagnostics.Metrics;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Queue;
using AnyFetch.Search.Following;

namespace AnyFetch.Server.Metrics;

/// <summary>
/// What the store holds, as gauges. Instruments are read without waiting, so the counts are fetched just before.
/// </summary>
internal sealed class StoreGauges : IDisposable
{
    private readonly Meter _meter = new("AnyFetch.Store");
    private readonly IWorkQueue _queue;
    private readonly IChangeFeed _feed;
    private volatile IReadOnlyList<QueueCounts> _queues = [];
    private FeedPosition _end;

    public StoreGauges(IWorkQueue queue, IChangeFeed feed, SearchLag? search)
    {
        _queue = queue;
        _feed = feed;
        Observe("anyfetch.queue.waiting", "Jobs that wait, due or not.", q => q.Waiting);
        Observe("anyfetch.queue.running", "Jobs that a worker holds.", q => q.Running);
        Observe("anyfetch.queue.dead", "Jobs that were given up.", q => q.Dead);
        _meter.CreateObservableGauge(
            "anyfetch.queue.oldest_due",
            () => _queues.Select(q => new Measurement<double>(q.OldestDueSeconds, TagOf(q))),
            "s",
            "For how long the oldest due job has been waiting.");
        _meter.CreateObservableGauge(
            "anyfetch.feed.end", () => _end.Sequence, null, "Sequence number of the feed's last entry.");
        if (search is not null)
        {
            Observe(search);
        }
    }

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        _queues = WithEmptied(_queues, await _queue.CountAsync(cancellationToken).ConfigureAwait(false));
        _end = await _feed.GetEndAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A queue without jobs is not counted any more. Its gauges would keep what they said last, so they are told that it is empty.</summary>
    internal static IReadOnlyList<QueueCounts> WithEmptied(IReadOnlyList<QueueCounts> before, IReadOnlyList<QueueCounts> now)
    {
        var counted = now.Select(queue => queue.Queue).ToHashSet(StringComparer.Ordinal);
        return [.. now, .. before.Where(queue => !counted.Contains(queue.Queue)).Select(queue => new QueueCounts(queue.Queue, 0, 0, 0, 0))];
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Observe(SearchLag search)
    {
        _meter.CreateObservableGauge(
            "anyfetch.search.position",
            () => search.Position.Sequence,
            null,
            "Sequence number of the last entry that the search indexes took.");
        _meter.CreateObservableGauge(
            "anyfetch.search.companies_behind",
            () => search.CompaniesCatchingUp,
            null,
            "Companies whose search index is being brought up to the feed.");
    }

    private void Observe(string name, string description, Func<QueueCounts, long> read) =>
        _meter.CreateObservableGauge(
            name, () => _queues.Select(q => new Measurement<long>(read(q), TagOf(q))), null, description);

    private static KeyValuePair<string, object?> TagOf(QueueCounts queue) => new("queue", queue.Queue);
}
