namespace AnyFetch.Hydrater.Tools;

/// <summary>
/// A time limit that stands still while its work is held back in favour of others (<see cref="SlowTools"/>), so that a document is
/// not given up because the machine had much else to do. A tool's belongs to its task's, which stands still with it.
/// </summary>
internal sealed class WorkLimit : IDisposable
{
    /// <summary>How many times the limit the work may be held back; from then on, time runs whether it is or not.</summary>
    internal const int HeldFactorMax = 30;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _over = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _max;
    private readonly WorkLimit? _outer;
    private readonly ITimer _timer;
    private readonly long _began;
    private TimeSpan _held;
    private TimeSpan _spent;
    private long _heldSince;
    private int _holders;
    private bool _isDisposed;

    /// <summary>Begins to run.</summary>
    internal WorkLimit(double seconds, TimeProvider time, WorkLimit? outer = null)
    {
        (_max, _time, _outer, _began) = (TimeSpan.FromSeconds(seconds), time, outer, time.GetTimestamp());
        _timer = time.CreateTimer(
            static self => ((WorkLimit)self!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(_max, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The longest that work under this limit takes, all time in which it is held back included.</summary>
    internal static TimeSpan LongestOf(double seconds) => TimeSpan.FromSeconds(seconds) * (1 + HeldFactorMax);

    /// <summary>Cancelled when the time is over.</summary>
    internal CancellationToken Over => _over.Token;

    /// <summary>The work is held back, until <see cref="Release"/> was called as often.</summary>
    internal void Hold()
    {
        lock (_gate)
        {
            if (_holders++ == 0)
            {
                _heldSince = _time.GetTimestamp();
            }
        }

        _outer?.Hold();
    }

    /// <summary>The work goes on.</summary>
    internal void Release()
    {
        lock (_gate)
        {
            if (--_holders == 0)
            {
                _held += _time.GetElapsedTime(_heldSince);
            }
        }

        _outer?.Release();
        Look();
    }

    /// <summary>The work had this time of a processor while it was held back.</summary>
    internal void Spend(TimeSpan time)
    {
        lock (_gate)
        {
            _spent += time;
        }

        _outer?.Spend(time);
        Look();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _timer.Dispose();
        _over.Dispose();
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            var (left, wait) = Left();
            if (left > TimeSpan.Zero)
            {
                _timer.Change(left + wait, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        Cancel();
    }

    /// <summary>The time that is left, and that for which it may still stand still.</summary>
    private (TimeSpan Left, TimeSpan Wait) Left()
    {
        var heldMax = _max * HeldFactorMax;
        var held = _holders > 0 ? _held + _time.GetElapsedTime(_heldSince) : _held;
        var counted = held < heldMax ? held : heldMax;
        return (_max - (_time.GetElapsedTime(_began) - counted + _spent), _holders > 0 ? heldMax - counted : TimeSpan.Zero);
    }

    private void Cancel()
    {
        try
        {
            // What waits for it goes on elsewhere: here somebody looks after all slow tools.
            _ = _over.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The work ended in the same moment.
        }
    }
}
