namespace AnyFetch.Cli.Output;

/// <summary>Turns readings into what is shown: totals over several runs, the rate, the time that is left.</summary>
internal sealed class UpMeter
{
    private const double RateWindowSeconds = 5;
    private readonly Queue<(double At, long Sent)> _window = new();
    private long _earlierRuns;
    private long _lastSent;
    private long? _run;

    public UpView Measure(UpStep step, TimeSpan elapsed)
    {
        var run = step.Progress.Run;
        if (run is not null && run.Id != _run)
        {
            // A backlog is worked off in several runs; the earlier ones' files are sent all the same.
            _earlierRuns += _run is null ? 0 : _lastSent;
            _run = run.Id;
        }

        _lastSent = run?.Sent ?? 0;
        var sent = _earlierRuns + _lastSent;
        _window.Enqueue((elapsed.TotalSeconds, sent));
        while (_window.Count > 2 && _window.Peek().At < elapsed.TotalSeconds - RateWindowSeconds)
        {
            _window.Dequeue();
        }

        var (from, sentThen) = _window.Peek();
        var rate = elapsed.TotalSeconds > from ? (sent - sentThen) / (elapsed.TotalSeconds - from) : 0;
        var left = step.Progress.Backlog;
        return new UpView
        {
            Phase = step.IsDone ? "done" : run?.Phase is null or "" ? "starting" : step.Progress.IsIdle ? "hydrating" : run.Phase,
            Listed = run?.Seen ?? 0,
            Sent = sent,
            Unchanged = run?.Skipped ?? 0,
            Deleted = run?.Deleted ?? 0,
            Hydrated = Math.Max(0, sent - step.Work.HydrationsLeft),
            Failed = step.Progress.Errors + step.Work.HydrationsFailed,
            Left = left + step.Work.HydrationsLeft,
            Documents = step.Work.Documents,
            FilesPerSecond = Math.Round(rate, 1),
            RemainingSeconds = rate > 0 && left > 0 ? Math.Ceiling(left / rate) : null,
            ElapsedSeconds = Math.Round(elapsed.TotalSeconds, 2),
            Error = step.Progress.LastError ?? run?.Error,
        };
    }
}

/// <summary>What is shown.</summary>
internal sealed record UpView
{
    public required string Phase { get; init; }

    public long Listed { get; init; }

    public long Sent { get; init; }

    public long Unchanged { get; init; }

    public long Deleted { get; init; }

    public long Hydrated { get; init; }

    public long Failed { get; init; }

    public long Left { get; init; }

    public long Documents { get; init; }

    public double FilesPerSecond { get; init; }

    public double? RemainingSeconds { get; init; }

    public double ElapsedSeconds { get; init; }

    public string? Error { get; init; }
}
