namespace AnyFetch.Core.Feed;

/// <summary>Where the consumers whose work goes into the store (hydration) have got to in the feed.</summary>
public interface IFeedCursorStore
{
    /// <summary>The saved position, or the start.</summary>
    ValueTask<FeedPosition> GetAsync(string consumer, CancellationToken cancellationToken);

    /// <summary>Saves a position. Work for all entries up to it must be durable.</summary>
    ValueTask SaveAsync(string consumer, FeedPosition position, CancellationToken cancellationToken);
}
