namespace AnyFetch.Cli.Output;

/// <summary>Turns readings into what is shown: totals over several runs, the rate, the time that is left.</summary>
internal sealed class UpMeter
{
    private const double RateWindowSeconds = 5;
    private readonly Queue<(double At, long Sent)> _window = new();

    public UpView Measure(UpStep step, TimeSpan elapsed)
    {
        // A backlog is worked off in several runs, and a watcher's notice makes one more that finds everything as it was.
        var run = step.Progress.Run;
        var runs = step.Progress.Runs;
        var sent = runs.Sum(r => r.Sent);
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
            Listed = runs.Select(r => r.Seen).DefaultIfEmpty().Max(),
            Sent = sent,
            Unchanged = Math.Max(0, step.Progress.Known - sent),
            Deleted = runs.Sum(r => r.Deleted),
            Hydrated = Math.Max(0, sent - step.Work.HydrationsLeft),
            Failed = step.Progress.Errors + step.Work.DocumentsFailed,
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
