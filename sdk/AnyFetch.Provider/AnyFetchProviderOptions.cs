using AnyFetch.Client;
using Microsoft.Extensions.Configuration;

namespace AnyFetch.Provider;

/// <summary>How one hosted provider behaves (provider-protocol, section 8). Checked at start.</summary>
public sealed class AnyFetchProviderOptions
{
    /// <summary>The application's id at the manager. Required.</summary>
    public string AppId { get; set; } = "";

    /// <summary>The application's secret. Required; it also keys the session cookie.</summary>
    public string AppSecret { get; set; } = "";

    /// <summary>This provider's public address, path prefix included. Required.</summary>
    public string ProviderUrl { get; set; } = "";

    /// <summary>The manager's address.</summary>
    public string ManagerUrl { get; set; } = "https://manager.anyfetch.com";

    /// <summary>The Fetch API's address.</summary>
    public string ApiUrl { get; set; } = "https://api.anyfetch.com";

    /// <summary>
    /// Gives the addresses and the application's credentials at run time, once the host has started, for hosts that learn
    /// them late (a port chosen by the system, an application registered on the way). Until it has answered, requests get 503.
    /// </summary>
    public Func<IServiceProvider, CancellationToken, Task<ProviderIdentity>>? ResolveIdentity { get; set; }

    /// <summary>Further Fetch API addresses that <c>api_url</c> may name: it receives the bearer token.</summary>
    public IList<string> ApiUrlsAllowed { get; } = [];

    /// <summary>Further origins that <c>return_to</c> may point to; the manager's is always allowed.</summary>
    public IList<string> ReturnOriginsAllowed { get; } = [];

    /// <summary>Where <c>GET /</c> redirects. Default: the manager.</summary>
    public string? ProductUrl { get; set; }

    /// <summary>The directory of this provider's store and keys. Default <c>data/providers/{name}</c>.</summary>
    public string? StoreDirectory { get; set; }

    /// <summary>Tasks at once per account. Default 1.</summary>
    public int Concurrency { get; set; } = 1;

    /// <summary>Accounts at once. Default 1.</summary>
    public int UsersConcurrency { get; set; } = 1;

    /// <summary>Connections per host. Default 30.</summary>
    public int SocketsMax { get; set; } = 30;

    /// <summary>
    /// Items that travel to the core in one request, where they need nothing but the core. Default 128; 1 sends each alone.
    /// </summary>
    public int PageItemsMax { get; set; } = 128;

    /// <summary>Attempts per item before it goes to the error list. Default 6.</summary>
    public int AttemptsMax { get; set; } = 6;

    /// <summary>The first back-off in milliseconds; it doubles, with full jitter. Default 1000.</summary>
    public int RetryDelayMilliseconds { get; set; } = 1000;

    /// <summary>The longest computed back-off, in seconds. Default 300.</summary>
    public int RetryDelaySecondsMax { get; set; } = 300;

    /// <summary>Refusals in a row by an overloaded or absent core before a run gives up; the queue stays. Default 20.</summary>
    public int CoreRefusalsMax { get; set; } = 20;

    /// <summary>The largest file that is sent, in bytes. Default 50 MiB.</summary>
    public long FileBytesMax { get; set; } = 50L * 1024 * 1024;

    /// <summary>Whether an item with a larger file is skipped, instead of sent without the file. Default false.</summary>
    public bool SkipLargeFiles { get; set; }

    /// <summary>The cap of a run when the core names none. Default 2500.</summary>
    public int DocumentsPerUpdate { get; set; } = 2500;

    /// <summary>
    /// The files and folders that are not sent of accounts whose company has no list of its own. Default: the names that nobody looks
    /// for. The next run of an account after a change lists everything.
    /// </summary>
    public JunkNames Junk { get; set; } = JunkNames.Default;

    /// <summary>
    /// Whether what anyone in the source's organisation may see is open to the whole company. The source's organisation and
    /// the company must be the same people: the administrator decides. Default false: only readers that are named see it.
    /// </summary>
    public bool OpenToOrganisation { get; set; }

    /// <summary>Readers of one item that are looked up; with more the connecting user alone sees it. Default 10,000.</summary>
    public int ReadersMax { get; set; } = 10_000;

    /// <summary>Whether <c>/update</c> without <c>documents_per_update</c> is refused with 409. Default false.</summary>
    public bool RequireDocumentsPerUpdate { get; set; }

    /// <summary>204 (default) or 429: the answer to an update while one runs.</summary>
    public int UpdatePendingStatus { get; set; } = 204;

    /// <summary>What happens to items over the cap. Default: they wait for the next run.</summary>
    public OverflowPolicy OverflowPolicy { get; set; } = OverflowPolicy.Backlog;

    /// <summary>Whether a run that leaves a backlog is followed by the next one at once. Default false: the core decides.</summary>
    public bool ContinueBacklog { get; set; }

    /// <summary>The listing pauses while more than this many caps are queued. Default 2; 0 never pauses.</summary>
    public int ListingAheadCaps { get; set; } = 2;

    /// <summary>
    /// Whether sending waits until the listing has ended, or pauses because enough is queued: then <c>Rank</c> orders the items
    /// of all its pages, whatever order the source lists them in. Default false: sending begins with the first page.
    /// </summary>
    public bool SendAfterListing { get; set; }

    /// <summary>Items per store transaction while listing. Default 500.</summary>
    public int ListingBatchItems { get; set; } = 500;

    /// <summary>The age at which a lock counts as forgotten, in hours. Default 5.</summary>
    public int LockHoursMax { get; set; } = 5;

    /// <summary>How often a run renews its lock, in seconds. Default 30.</summary>
    public int HeartbeatSeconds { get; set; } = 30;

    /// <summary>How long a started connection may take, in minutes. Default 10.</summary>
    public int TemporaryTokenMinutes { get; set; } = 10;

    /// <summary>Pruning stops and asks when more than this share of the ledger would go. Default 30.</summary>
    public int PrunePercentMax { get; set; } = 30;

    /// <summary>Pruning never asks for at most this many items. Default 50.</summary>
    public int PruneItemsFree { get; set; } = 50;

    /// <summary>A run fails when more than this share of its items failed. Default 20.</summary>
    public int FailurePercentMax { get; set; } = 20;

    /// <summary>A run never fails for fewer failed items than this. Default 20.</summary>
    public int FailureItemsMin { get; set; } = 20;

    /// <summary>Errors kept per account. Default 1000.</summary>
    public int ErrorsMax { get; set; } = 1000;

    /// <summary>Runs kept per account. Default 50.</summary>
    public int RunsMax { get; set; } = 50;

    /// <summary>How long notices of a watcher are gathered, in seconds. Default 30.</summary>
    public int DebounceSeconds { get; set; } = 30;

    /// <summary>When ordering a source's notices failed, it is tried again after this time, in minutes. Default 15.</summary>
    public int SubscriptionRetryMinutes { get; set; } = 15;

    /// <summary>How often an account is updated by the provider itself, in minutes. Default 360; 0 leaves it to the core.</summary>
    public int IntervalMinutes { get; set; } = 360;

    /// <summary>How often such an update lists everything and prunes, in hours. Default 168, a week; 0 never does.</summary>
    public int FullIntervalHours { get; set; } = 168;

    /// <summary>By how much an interval varies at random, so that accounts do not wake together, in percent. Default 10.</summary>
    public int IntervalJitterPercent { get; set; } = 10;

    /// <summary>How long a stop waits for tasks, in seconds. Default 30.</summary>
    public int StopSeconds { get; set; } = 30;

    /// <summary>Enables <c>POST /token</c> for callers that send it as bearer. Default null: the route is refused.</summary>
    public string? AdministratorSecret { get; set; }

    /// <summary>Whether <c>DELETE /reset</c> also works. Default false.</summary>
    public bool OldPaths { get; set; }

    /// <summary>Whether <c>GET /update</c> works, for development. Default false.</summary>
    public bool AllowGetUpdate { get; set; }

    /// <summary>The largest request body, in bytes. Default 256 KiB.</summary>
    public int RequestBodyBytesMax { get; set; } = 256 * 1024;

    /// <summary>Reads the environment names of the reference connectors; absent ones change nothing.</summary>
    /// <param name="configuration">Usually the host's configuration, which holds the environment.</param>
    public AnyFetchProviderOptions ReadEnvironment(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ProviderUrl = configuration["PROVIDER_URL"] ?? ProviderUrl;
        AppId = configuration["ANYFETCH_API_ID"] ?? AppId;
        AppSecret = configuration["ANYFETCH_API_SECRET"] ?? AppSecret;
        ManagerUrl = configuration["MANAGER_URL"] ?? ManagerUrl;
        ApiUrl = configuration["API_URL"] ?? ApiUrl;
        Concurrency = configuration.GetValue("CONCURRENCY", Concurrency);
        UsersConcurrency = configuration.GetValue("USERS_CONCURRENCY", UsersConcurrency);
        FileBytesMax = configuration.GetValue("MAX_SIZE", FileBytesMax / 1024 / 1024) * 1024 * 1024;
        return this;
    }
}
