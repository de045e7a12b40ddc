namespace AnyFetch.Hydrater.Tools;

/// <summary>
/// Watches a program: one that has used the processor for long yields it to everything else, and ever more, so that a file that
/// keeps it busy until its time is over costs the others next to nothing. One that only waits, or does not get its turn, is left
/// alone. A program that nobody waits for yields from its start.
/// </summary>
internal sealed class SlowTool : IDisposable
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How soon a program is looked at that yields from its start. It may not have its own session yet, so each look comes after twice
    /// the time of the one before, until it is looked at as often as all.
    /// </summary>
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(50);

    /// <summary>Seconds of processor time, and what a program gets from then on.</summary>
    private static readonly (double Seconds, ProcessorShare Share)[] s_foreground =
        [(8, ProcessorShare.Idle), (3, ProcessorShare.Slow), (1, ProcessorShare.Background)];

    /// <summary>Recognising a page of print takes ten seconds and is worth them.</summary>
    private static readonly (double Seconds, ProcessorShare Share)[] s_background =
        [(30, ProcessorShare.Idle), (15, ProcessorShare.Slow), (0, ProcessorShare.Background)];

    private readonly int _process;
    private readonly bool _isBackground;
    private readonly ITimer _timer;
    private TimeSpan _next;
    private double? _before;
    private volatile bool _hasYielded;

    private SlowTool(int process, bool isBackground, double? before, TimeProvider time)
    {
        (_process, _isBackground, _before) = (process, isBackground, before);
        _next = isBackground ? s_first : s_every;
        _timer = time.CreateTimer(static self => ((SlowTool)self!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(_next, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether it has been made to yield, which cannot be taken back.</summary>
    internal bool HasYielded => _hasYielded;

    /// <summary>Watches a program that was just started, and all that it starts, until it is disposed of.</summary>
    internal static SlowTool Watch(int process, bool isBackground, TimeProvider time) => new(process, isBackground, 0, time);

    /// <summary>Watches a worker for one task: what it used for the tasks before does not count.</summary>
    internal static SlowTool WatchTask(int process, TimeProvider time) => new(process, isBackground: false, before: null, time);

    /// <summary>What a program gets after so many seconds of processor time; null for as much as everybody.</summary>
    internal static ProcessorShare? ShareAfter(double seconds, bool isBackground) =>
        (isBackground ? s_background : s_foreground).FirstOrDefault(step => seconds >= step.Seconds).Share;

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    // A worker's first look only tells where it began. Most programs have ended by then.
    private void Look()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var seconds = ProcessFamily.SecondsOf(_process);
        _before ??= seconds;
        if (ShareAfter(seconds - _before.Value, _isBackground) is { } share)
        {
            _hasYielded = true;
            share.GiveTo(_process);
        }

        _next = _next * 2 < s_every ? _next * 2 : s_every;
        _timer.Change(_next, Timeout.InfiniteTimeSpan);
    }
}
