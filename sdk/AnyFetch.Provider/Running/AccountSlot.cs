using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Running;

/// <summary>The one place of an account: its run, and the wish for another.</summary>
internal sealed class AccountSlot
{
    private RunRequest? _wish;

    /// <summary>Held while it is decided what the account does next.</summary>
    public SemaphoreSlim Decisions { get; } = new(1);

    public RunHandle? Current { get; set; }

    /// <summary>The run that follows the current one.</summary>
    public RunRequest? Wish
    {
        set => Volatile.Write(ref _wish, value);
    }

    public RunRequest? TakeWish() => Interlocked.Exchange(ref _wish, null);
}
