namespace AnyFetch.Testing;

/// <summary>
/// A clock that stands still until the test moves it. It moves at once: whatever looks at it sees the time before or the time after,
/// and then the timers that it passed fire.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    // So many looks at a condition before the clock moves on: calls have deadlines on it too, and slow machines must meet them.
    private const int LooksPerStep = 20;

    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether somebody waits for exactly so long.</summary>
    public bool IsAwaited(TimeSpan wait)
    {
        lock (_lock)
        {
            return _timers.Any(timer => timer.Due == _now + wait);
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan time)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            _now += time;
            due = [.. _timers.Where(timer => timer.Due <= _now).OrderBy(timer => timer.Due)];
            due.ForEach(timer => timer.Reschedule());
        }

        due.ForEach(timer => timer.Fire());
    }

    /// <summary>Waits until somebody waits for exactly so long, then lets the time pass.</summary>
    public async Task PassAsync(TimeSpan wait, string what)
    {
        await Eventually.TrueAsync(() => IsAwaited(wait), what: what);
        Advance(wait);
    }

    /// <summary>Moves on step by step until a condition holds.</summary>
    public Task PassUntilAsync(TimeSpan step, Func<Task<bool>> condition, string what)
    {
        var looks = 0;
        return Eventually.TrueAsync(
            async () =>
            {
                if (await condition())
                {
                    return true;
                }

                if (looks++ % LooksPerStep == 0)
                {
                    Advance(step);
                }

                return false;
            },
            what: what);
    }

    /// <summary>Moves on step by step until a condition holds.</summary>
    public Task PassUntilAsync(TimeSpan step, Func<bool> condition, string what) =>
        PassUntilAsync(step, () => Task.FromResult(condition()), what);

    private sealed class ManualTimer(ManualTimeProvider owner, Action fire) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset? Due { get; private set; }

        public void Fire() => fire();

        public void Reschedule()
        {
            if (_period <= TimeSpan.Zero)
            {
                Due = null;
                owner._timers.Remove(this);
            }

            while (Due <= owner._now)
            {
                Due += _period;
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._lock)
            {
                owner._timers.Remove(this);
                _period = period;
                Due = dueTime < TimeSpan.Zero ? null : owner._now + dueTime;
                if (Due is not null)
                {
                    owner._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
