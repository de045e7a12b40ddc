using AnyFetch.Core.Feed;

namespace AnyFetch.Search.Following;

/// <summary>How the follower stands with one company.</summary>
internal sealed class CompanyProgress
{
    private readonly Lock _lock = new();
    private FeedPosition _last;
    private int _handedOver;
    private bool _isLive;
    private bool _isCatchingUp;
    private Task _catchingUp = Task.CompletedTask;

    /// <summary>When catching up was started last, as a time stamp.</summary>
    public long CatchUpBegan { get; private set; }

    /// <summary>The work of catching up, completed when there is none.</summary>
    public Task CatchingUp
    {
        get
        {
            lock (_lock)
                return _isLive ? Task.CompletedTask : _catchingUp;
        }
    }

    /// <summary>
    /// Where the index stands, when new changes may be applied on top. Otherwise null, and whoever catches the index up
    /// will look at the feed once more.
    /// </summary>
    public FeedPosition? LiveOrHandOver()
    {
        lock (_lock)
        {
            if (_isLive)
                return _last;
            _handedOver++;
            return null;
        }
    }

    public void Applied(FeedPosition position)
    {
        lock (_lock)
            _last = position;
    }

    /// <summary>The index was thrown away or lost something: it must be caught up before it takes more.</summary>
    public void Interrupt()
    {
        lock (_lock)
        {
            _isLive = false;
            _handedOver++;
        }
    }

    /// <summary>Taken before the feed is read, given back to <see cref="TryGoLive"/>.</summary>
    public int BeginReading()
    {
        lock (_lock)
            return _handedOver;
    }

    /// <summary>
    /// The feed had nothing after this position: the index is live, unless more came to light since the reading began.
    /// </summary>
    public bool TryGoLive(FeedPosition position, int reading)
    {
        lock (_lock)
        {
            if (_handedOver != reading)
                return false;
            _last = position;
            _isCatchingUp = false;
            return _isLive = true;
        }
    }

    /// <summary>Starts catching up unless it is not needed or under way.</summary>
    public void CatchUp(Func<Task> start, long now)
    {
        lock (_lock)
        {
            if (_isLive || _isCatchingUp)
                return;
            _isCatchingUp = true;
            CatchUpBegan = now;
            _catchingUp = Task.Run(start);
        }
    }
}
