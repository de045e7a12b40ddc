namespace AnyFetch.Provider.Running;

/// <summary>The one place of an account: its run, and the wish for another.</summary>
internal sealed class AccountSlot
{
    private string? _nextReason;

    /// <summary>Held while it is decided what the account does next.</summary>
    public SemaphoreSlim Decisions { get; } = new(1);

    public RunHandle? Current { get; set; }

    public string? NextReason
    {
        set => Volatile.Write(ref _nextReason, value);
    }

    public string? TakeNextReason() => Interlocked.Exchange(ref _nextReason, null);
}
