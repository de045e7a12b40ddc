namespace AnyFetch.Provider.Running;

/// <summary>A run that waits or works.</summary>
internal sealed class RunHandle(long since, CancellationTokenSource stops)
{
    private Task _over = Task.CompletedTask;

    /// <summary>When it took the lock, in milliseconds since 1970.</summary>
    public long Since { get; } = since;

    public CancellationToken Stops { get; } = stops.Token;

    public AccountRun? Run { get; set; }

    /// <summary>How it ended; null before, and when it never came to its turn.</summary>
    public RunEnd? End { get; set; }

    public Task Over => _over;

    public bool IsOver => _over.IsCompleted;

    public bool IsAtWork => Run is { IsPaused: false };

    /// <summary>Whether it has seen all that it will see of the source.</summary>
    public bool IsListed => Run is { IsListed: true };

    /// <summary>Whether nothing is left but to tell how it ended.</summary>
    public bool IsEnding => Run is { IsEnding: true };

    public void Begin(Task over) => _over = over;

    public Task CancelAsync() => stops.CancelAsync();
}
