using AnyFetch.Core.Feed;

namespace AnyFetch.Search.Following;

/// <summary>How far this node's search indexes are behind the feed, for health checks and metrics.</summary>
public sealed class SearchLag
{
    private readonly SearchFollower _follower;

    internal SearchLag(SearchFollower follower) => _follower = follower;

    /// <summary>Companies whose index is being built or brought up to the feed.</summary>
    public int CompaniesCatchingUp => _follower.CatchingUp;

    /// <summary>The last change that the indexes took. Read without a lock: it may be a moment old.</summary>
    public FeedPosition Position => _follower.Position;
}
