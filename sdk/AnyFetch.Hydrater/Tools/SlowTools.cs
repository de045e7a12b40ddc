namespace AnyFetch.Hydrater.Tools;

/// <summary>
/// The programs of this process that are watched. Those that have used the processor for long stand still while others want it, but for
/// turns: one at a time has a tenth of a second of processor time, and then nobody has for a while. So a file that keeps its tool busy
/// until its time is over costs others next to nothing, and a large one that is sound comes to its end. Priority alone does not do that:
/// two programs of the lowest that Linux knows, one on each processor, take a quarter off a server's speed.
/// </summary>
internal sealed class SlowTools(TimeProvider time)
{
    /// <summary>Share of the processors that others use when slow programs stand still.</summary>
    private const double WantedShare = 0.5;

    /// <summary>Seconds of processor time that a turn has.</summary>
    private const double TurnSeconds = 0.1;

    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest that a turn lasts, for programs that wait, or have to share the processors.</summary>
    private static readonly TimeSpan s_turnMax = TimeSpan.FromSeconds(1);

    /// <summary>Until the next turn: slow programs get a thirtieth of a processor together, those in the background a tenth.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan s_restOfBackground = TimeSpan.FromSeconds(1);

    private static readonly Lazy<SlowTools> s_ofProcess = new(() => new SlowTools(TimeProvider.System));

    private readonly Lock _gate = new();
    private readonly List<SlowTool> _watched = [];
    private readonly Queue<SlowTool> _waiting = [];
    private ProcessorLoad? _load;
    private ITimer? _timer;
    private bool _isArmed;
    private SlowTool? _turn;
    private double _turnUsed;
    private long _turnSince;
    private long _restsSince;
    private TimeSpan _rests;

    /// <summary>All programs of this process.</summary>
    internal static SlowTools OfProcess => s_ofProcess.Value;

    internal void Add(SlowTool tool)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        lock (_gate)
        {
            _watched.Add(tool);
            _timer ??= time.CreateTimer(static self => ((SlowTools)self!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Arm();
        }
    }

    internal void Remove(SlowTool tool)
    {
        lock (_gate)
        {
            _watched.Remove(tool);
        }
    }

    /// <summary>One look comes after the other; there are none while nothing is watched.</summary>
    private void Arm()
    {
        if (!_isArmed && _watched.Count > 0)
        {
            _isArmed = true;
            _timer?.Change(s_every, Timeout.InfiniteTimeSpan);
        }
    }

    private void Look()
    {
        List<SlowTool> watched;
        lock (_gate)
        {
            watched = [.. _watched];
        }

        watched.ForEach(tool => tool.Look());
        Share(watched.FindAll(tool => tool.HasYielded));
        lock (_gate)
        {
            _isArmed = false;
            Arm();
        }
    }

    private void Share(List<SlowTool> slow)
    {
        if (slow.Count == 0)
        {
            (_load, _turn) = (null, null);
            _waiting.Clear();
            return;
        }

        // The first look at the processors tells nothing yet.
        _load ??= new ProcessorLoad(time);
        if (_load.ShareOfOthers(slow.Sum(tool => tool.UsedLately)) <= WantedShare)
        {
            slow.ForEach(tool => tool.GoOn());
            _waiting.Clear();
            _turn = null;
            return;
        }

        slow.FindAll(tool => !tool.IsStopped && tool != _turn).ForEach(Stop);
        if (_turn is { } turn)
        {
            EndTurn(turn, slow.Contains(turn));
        }
        else if (time.GetElapsedTime(_restsSince) >= _rests)
        {
            BeginTurn(slow);
        }
    }

    private void Stop(SlowTool tool)
    {
        tool.Stop();
        _waiting.Enqueue(tool);
    }

    private void BeginTurn(List<SlowTool> slow)
    {
        while (_waiting.TryDequeue(out var next))
        {
            if (slow.Contains(next))
            {
                (_turn, _turnUsed, _turnSince) = (next, 0, time.GetTimestamp());
                next.TakeTurn();
                return;
            }
        }
    }

    private void EndTurn(SlowTool turn, bool isAlive)
    {
        turn.Spend();
        _turnUsed += turn.UsedLately;
        if (isAlive && _turnUsed < TurnSeconds && time.GetElapsedTime(_turnSince) < s_turnMax)
        {
            return;
        }

        _turn = null;
        (_rests, _restsSince) = (turn.IsBackground ? s_restOfBackground : s_rest, time.GetTimestamp());
        if (isAlive)
        {
            Stop(turn);
        }
    }
}
