using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider.Hosting;
using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Running;

/// <summary>What listing and sending of one run share.</summary>
internal sealed class ActiveRun : IDisposable
{
    private readonly ProviderRuntime _runtime;
    private readonly CancellationTokenSource _abort;
    private bool _fromScratch;
    private int _additions;
    private long _deletesUpTo;
    private string? _abortError;
    private RunEnd? _abortEnd;

    public ActiveRun(
        ProviderRuntime runtime, AccountRow account, RunRequest request, long runId, bool fromScratch,
        SemaphoreSlim places, CancellationToken cancellationToken)
    {
        _runtime = runtime;
        _fromScratch = fromScratch;
        _abort = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Account = account;
        Request = request;
        RunId = runId;
        Junk = account.Junk.Over(runtime.Options.Junk);
        Gate = new AccountGate(places, Time, _abort.Token);
        var data = (JsonObject)account.Data.DeepClone();
        data["documentsPerUpdate"] = request.DocumentsPerUpdate;
        Source = new SourceAccount(
            account.Id, account.Name, data, new StoredAccountData(Store.Accounts, account.Id, readOnly: false));
    }

    public AccountRow Account { get; }

    public RunRequest Request { get; }

    public long RunId { get; }

    public SourceAccount Source { get; }

    /// <summary>What the account's company took for junk when the run began.</summary>
    public JunkNames Junk { get; }

    public AccountGate Gate { get; }

    public RunCounters Counters { get; } = new();

    public Pulse Pulse { get; } = new();

    /// <summary>Identifiers that a task works on, or that wait for one: they are not claimed again.</summary>
    public ConcurrentDictionary<string, bool> InFlight { get; } = new(StringComparer.Ordinal);

    public long Listing { get; private set; }

    public bool IsFull { get; private set; }

    public bool IsListed { get; private set; }

    /// <summary>Whether the listing waits because enough is queued: then the backlog is sent as well.</summary>
    public bool IsListingHeld { get; private set; }

    /// <summary>Deletions up to this place in the queue may be done.</summary>
    public long DeletesUpTo => Volatile.Read(ref _deletesUpTo);

    public AnyFetchProviderOptions Options => _runtime.Options;

    public IProvider Provider => _runtime.Provider;

    public ProviderStore Store => _runtime.Store;

    public TimeProvider Time => _runtime.Time;

    public ProviderLog Log => _runtime.Log;

    /// <summary>Ends with the run, however it ends.</summary>
    public CancellationToken Stops => _abort.Token;

    public RunEnd? AbortEnd => _abortEnd;

    public string? AbortError => _abortError;

    public int AdditionsLeft => Math.Max(0, Request.DocumentsPerUpdate - Volatile.Read(ref _additions));

    public bool IsCapReached => AdditionsLeft == 0;

    public long Now() => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The source no longer accepts the cursor: the listing starts over.</summary>
    public void RestartInFull() => _fromScratch = true;

    public async Task<SyncContext> BeginListingAsync(CancellationToken cancellationToken)
    {
        if (Request.PermissionsOnly)
        {
            return CreateContext(cursor: null);
        }

        Listing = await Store.Accounts.BeginListingAsync(
            Account.Id, _fromScratch, JunkList.Fingerprint(Junk), cancellationToken);
        _fromScratch = false;
        var cursor = (await Store.Accounts.FindAsync(Account.Id, cancellationToken))?.Cursor;
        IsFull = cursor is null;
        return CreateContext(cursor);
    }

    public void WorkArrived() => Pulse.Set();

    public void HoldListing(bool held)
    {
        IsListingHeld = held;
        Pulse.Set();
    }

    /// <summary>What was deleted up to here did not come back under another name.</summary>
    public void ReleaseDeletes(long lastSequence) => Volatile.Write(ref _deletesUpTo, lastSequence);

    public void ListingEnded()
    {
        ReleaseDeletes(long.MaxValue);
        IsListed = true;
        Counters.Phase = "sending";
        Pulse.Set();
    }

    public void CountAddition() => Interlocked.Increment(ref _additions);

    public void RefundAddition() => Interlocked.Decrement(ref _additions);

    /// <summary>Closes the account's gate, durably for waits that a restart must honour, and waits until it opens.</summary>
    public Task PauseAsync(TimeSpan wait) => PauseAsync(Gate.Pause(wait));

    /// <summary>Makes durable that the gate is closed, and waits until it opens.</summary>
    public async Task PauseAsync(long until)
    {
        await Store.Accounts.PauseAsync(Account.Id, until, Stops);
        await Gate.WaitAsync(Stops);
    }

    /// <summary>Ends the run from within; the first reason counts.</summary>
    public void Abort(RunEnd end, string error)
    {
        if (_abortEnd is null)
        {
            _abortEnd = end;
            _abortError = error;
            _abort.Cancel();
        }
    }

    /// <summary>Ends what still waits for the run.</summary>
    public async Task EndAsync()
    {
        await _abort.CancelAsync();
        await Gate.EndAsync();
    }

    public void Dispose() => _abort.Dispose();

    private SyncContext CreateContext(string? cursor) =>
        _runtime.CreateContext(Source, cursor, Request, Junk, Counters.CountExcluded);
}
