using AnyFetch.Client;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Provider;

/// <summary>What a listing may use.</summary>
public sealed class SyncContext
{
    internal SyncContext(SourceAccount account, ILedger ledger)
    {
        Account = account;
        Ledger = ledger;
    }

    /// <summary>The connected account and its service data.</summary>
    public SourceAccount Account { get; }

    /// <summary>What was queued or sent earlier for this account.</summary>
    public ILedger Ledger { get; }

    /// <summary>The last stored checkpoint; null on a first or full run.</summary>
    public string? Cursor { get; internal init; }

    /// <summary>The most additions that this run will send; listing more is allowed, the rest waits for later runs.</summary>
    public int DocumentsPerUpdate { get; internal init; }

    /// <summary>Whether changes since the cursor are wanted, or everything.</summary>
    public SyncMode Mode { get; internal init; }

    /// <summary>Whether nothing will be sent or stored: the listing is only counted.</summary>
    public bool IsDryRun { get; internal init; }

    /// <summary>The only identifier that is wanted (re-providing one document); null for all.</summary>
    public string? Identifier { get; internal init; }

    /// <summary>
    /// Names of files and folders that the account's company does not want: they are neither yielded nor read. The default ones
    /// unless the core named others; when they change, the next run lists everything.
    /// </summary>
    public JunkNames Junk { get; internal init; } = JunkNames.Default;

    /// <summary>Counts what is left out; null when nobody asks.</summary>
    internal Action? Excluded { get; init; }

    /// <summary>Whether a file is <see cref="Junk"/>, by its own name or a folder's above it. Then the run's report counts it.</summary>
    /// <param name="path">A path with <c>/</c> or <c>\</c>, or a name alone.</param>
    public bool ExcludesFile(ReadOnlySpan<char> path) => Count(Junk.MatchesFile(path));

    /// <summary>Whether a folder, with all that is in it, is <see cref="Junk"/>. Then the run's report counts it, as one.</summary>
    /// <param name="name">The folder's own name.</param>
    public bool ExcludesFolder(ReadOnlySpan<char> name) => Count(Junk.MatchesFolder(name));

    /// <summary>The clock.</summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary>Never log tokens or contents.</summary>
    public required ILogger Logger { get; init; }

    private bool Count(bool isExcluded)
    {
        if (isExcluded)
        {
            Excluded?.Invoke();
        }

        return isExcluded;
    }
}
