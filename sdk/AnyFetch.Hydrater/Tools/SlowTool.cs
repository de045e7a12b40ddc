namespace AnyFetch.Hydrater.Tools;

/// <summary>
/// A program, or a worker's task, that is watched: once it has used the processor for long it yields to everything else. One that
/// only waits, or does not get its turn, is left alone. A program that nobody waits for yields from its start, or when it has had
/// what it was promised.
/// </summary>
internal sealed class SlowTool : IDisposable
{
    /// <summary>Seconds of processor time that a program has like everything else. The text of thousands of pages is read within them.</summary>
    internal const double ForegroundSeconds = 1;

    /// <summary>Of so many looks one is at a program that is waited for, once a second: most have ended by then.</summary>
    private const int LooksOfForeground = 10;

    private readonly SlowTools _others;
    private readonly int _process;
    private readonly WorkLimit? _limit;
    private readonly double _promised;
    private readonly Lock _gate = new();
    private double? _began;
    private double _used;
    private int _looks;
    private volatile bool _hasYielded;
    private bool _isDisposed;
    private bool _isHeld;

    private SlowTool(SlowTools others, int process, double promised, double? began, WorkLimit? limit)
    {
        (_others, _process, _promised, _began, _limit) = (others, process, promised, began, limit);
        others.Add(this);
    }

    /// <summary>Whether it has been made to yield, which cannot be taken back.</summary>
    internal bool HasYielded => _hasYielded;

    /// <summary>Whether it stands still.</summary>
    internal bool IsStopped { get; private set; }

    /// <summary>Whether nobody waits for it, so that more of the processor is left to it when its turn comes.</summary>
    internal bool IsBackground { get; private init; }

    /// <summary>Processor time that it had between the last two looks, in seconds.</summary>
    internal double UsedLately { get; private set; }

    /// <summary>Watches a program that was just started, and all that it starts, until it is disposed of.</summary>
    internal static SlowTool Watch(int process, ToolCommand command, WorkLimit limit) =>
        new(SlowTools.OfProcess, process, command.IsBackground ? command.PromisedSeconds : ForegroundSeconds, 0, limit)
        {
            IsBackground = command.IsBackground,
        };

    /// <summary>Watches a worker for one task: what it used for the tasks before does not count.</summary>
    internal static SlowTool WatchTask(int process, WorkLimit? limit) =>
        new(SlowTools.OfProcess, process, ForegroundSeconds, null, limit);

    /// <summary>
    /// Looks how much it has used, and lowers its priority when that is enough. One that stands still uses nothing, and one that
    /// is waited for is left alone at most of the looks.
    /// </summary>
    internal void Look()
    {
        UsedLately = 0;
        if (IsStopped || (!HasYielded && !IsBackground && ++_looks % LooksOfForeground != 0))
        {
            return;
        }

        // A worker's first look only tells where it began. Most programs have ended by then.
        var seconds = ProcessFamily.SecondsOf(_process);
        var used = seconds - (_began ??= seconds);
        (UsedLately, _used) = (Math.Max(0, used - _used), Math.Max(used, _used));
        if (_used >= _promised)
        {
            _hasYielded = true;
            ProcessPriority.Lower(_process);
        }
    }

    /// <summary>Has it stand still, without its time running.</summary>
    internal void Stop()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            if (!_isHeld)
            {
                _isHeld = true;
                _limit?.Hold();
            }

            IsStopped = true;
            ProcessSignal.Stop(_process);
        }
    }

    /// <summary>Has it go on for a moment, in which only the processor time that it gets is its own.</summary>
    internal void TakeTurn()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            IsStopped = false;
            ProcessSignal.Continue(_process);
        }
    }

    /// <summary>Has it go on as long as nobody else wants the processors.</summary>
    internal void GoOn()
    {
        lock (_gate)
        {
            if (IsStopped && !_isDisposed)
            {
                IsStopped = false;
                ProcessSignal.Continue(_process);
            }

            if (_isHeld)
            {
                _isHeld = false;
                _limit?.Release();
            }
        }
    }

    /// <summary>Counts what it used lately against its limit, which stands still.</summary>
    internal void Spend()
    {
        lock (_gate)
        {
            if (_isHeld && UsedLately > 0)
            {
                _limit?.Spend(TimeSpan.FromSeconds(UsedLately));
            }
        }
    }

    /// <summary>Ends the watch. A program that stands still does so until it is killed.</summary>
    public void Dispose()
    {
        _others.Remove(this);
        lock (_gate)
        {
            _isDisposed = true;
            if (_isHeld)
            {
                _isHeld = false;
                _limit?.Release();
            }
        }
    }
}
