namespace AnyFetch.Hydrater.Tools;

/// <summary>
/// Watches a program: one that has used the processor for long yields it to everything else, and ever more, so that a file that
/// keeps it busy until its time is over costs the others next to nothing. One that only waits, or does not get its turn, is left
/// alone. A program that nobody waits for yields from its start, or when it has had what it was promised.
/// </summary>
internal sealed class SlowTool : IDisposable
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How soon a program is looked at that yields from its start. It may not have its own session yet, so each look comes after twice
    /// the time of the one before, until it is looked at as often as all.
    /// </summary>
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Seconds of processor time, and what a program gets from then on. The text of thousands of pages is read within the first.
    /// </summary>
    private static readonly (double Seconds, ProcessorShare Share)[] s_foreground =
        [(8, ProcessorShare.Idle), (1, ProcessorShare.Slow)];

    /// <summary>Recognising a page of print takes ten seconds and is worth them.</summary>
    private static readonly (double Seconds, ProcessorShare Share)[] s_background =
        [(30, ProcessorShare.Idle), (15, ProcessorShare.Slow)];

    private readonly int _process;
    private readonly double? _promised;
    private readonly ITimer _timer;
    private TimeSpan _next;
    private double? _before;
    private volatile bool _hasYielded;

    private SlowTool(int process, double? promised, double? before, TimeProvider time)
    {
        (_process, _promised, _before) = (process, promised, before);
        _next = promised == 0 ? s_first : s_every;
        _timer = time.CreateTimer(static self => ((SlowTool)self!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(_next, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether it has been made to yield, which cannot be taken back.</summary>
    internal bool HasYielded => _hasYielded;

    /// <summary>Watches a program that was just started, and all that it starts, until it is disposed of.</summary>
    internal static SlowTool Watch(int process, ToolCommand command, TimeProvider time) =>
        new(process, command.IsBackground ? command.PromisedSeconds : null, 0, time);

    /// <summary>Watches a worker for one task: what it used for the tasks before does not count.</summary>
    internal static SlowTool WatchTask(int process, TimeProvider time) => new(process, promised: null, before: null, time);

    /// <summary>What a program gets after so many seconds of processor time; null for as much as everybody.</summary>
    /// <param name="seconds">Processor time that it has had.</param>
    /// <param name="promised">What a background program has before it yields; null for one in the foreground.</param>
    internal static ProcessorShare? ShareAfter(double seconds, double? promised) =>
        (promised is null ? s_foreground : s_background).FirstOrDefault(step => seconds >= step.Seconds).Share
        ?? (seconds >= promised ? ProcessorShare.Background : null);

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
        if (ShareAfter(seconds - _before.Value, _promised) is { } share)
        {
            _hasYielded = true;
            share.GiveTo(_process);
        }

        _next = _next * 2 < s_every ? _next * 2 : s_every;
        _timer.Change(_next, Timeout.InfiniteTimeSpan);
    }
}
