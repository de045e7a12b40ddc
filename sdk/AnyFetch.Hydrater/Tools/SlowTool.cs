namespace AnyFetch.Hydrater.Tools;

/// <summary>
/// Watches a program: one that has used the processor for long yields it to everything else, and ever more, so that a file that
/// keeps it busy until its time is over costs the others next to nothing. One that only waits, or does not get its turn, is left alone.
/// </summary>
internal sealed class SlowTool : IDisposable
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    /// <summary>Seconds of processor time, and what a program gets from then on.</summary>
    private static readonly (double Seconds, ProcessorShare Share)[] s_foreground =
        [(8, ProcessorShare.Idle), (3, ProcessorShare.Slow)];

    /// <summary>Recognising a page of print takes ten seconds and is worth them.</summary>
    private static readonly (double Seconds, ProcessorShare Share)[] s_background =
        [(30, ProcessorShare.Idle), (15, ProcessorShare.Slow), (3, ProcessorShare.Background)];

    private readonly int _process;
    private readonly bool _isBackground;
    private readonly ITimer _timer;
    private double? _before;
    private volatile bool _hasYielded;

    /// <summary>Watches a process and all that it starts until it is disposed of.</summary>
    internal SlowTool(int process, bool isBackground, TimeProvider time)
    {
        _process = process;
        _isBackground = isBackground;
        _timer = time.CreateTimer(static self => ((SlowTool)self!).Look(), this, s_every, s_every);
    }

    /// <summary>Whether it has been made to yield, which cannot be taken back.</summary>
    internal bool HasYielded => _hasYielded;

    /// <summary>What a program gets after so many seconds of processor time; null for as much as everybody.</summary>
    internal static ProcessorShare? ShareAfter(double seconds, bool isBackground) =>
        (isBackground ? s_background : s_foreground).FirstOrDefault(step => seconds >= step.Seconds).Share;

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    /// <summary>The first look only tells where it began, which is not zero for a worker. Most programs have ended by then.</summary>
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
    }
}
