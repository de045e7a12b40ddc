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

    /// <summary>The clock.</summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary>Never log tokens or contents.</summary>
    public required ILogger Logger { get; init; }
}
