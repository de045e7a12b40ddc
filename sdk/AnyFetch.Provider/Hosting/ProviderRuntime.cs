using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider.Running;
using AnyFetch.Provider.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Provider.Hosting;

/// <summary>One hosted provider, started: its store, its runs, its connections.</summary>
internal sealed class ProviderRuntime : IAsyncDisposable
{
    // The library repeats calls itself, per item and account, and remembers doing so.
    private static readonly AnyFetchClientOptions NoRetries = new() { RetriesMax = 0 };

    private readonly HttpClient _http;

    private ProviderRuntime(
        string name, IProvider provider, AnyFetchProviderOptions options, ProviderIdentity identity, TimeProvider time,
        ProviderLog log)
    {
        Name = name;
        Provider = provider;
        Options = options;
        Identity = identity;
        Time = time;
        Log = log;
        Store = ProviderStore.Open(options.StoreDirectory ?? Path.Combine("data", "providers", name));
        _http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = options.SocketsMax,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        Manager = new AnyFetchManagerClient(_http, new Uri(identity.ManagerUrl), ClientOptions(new()));
        Scheduler = new RunScheduler(this);
        Subscriptions = new SubscriptionSet(this);
        Watchers = new WatcherSet(this);
        Schedules = new ScheduleSet(this);
        Meter = new ProviderMeter(name);
    }

    public string Name { get; }

    public IProvider Provider { get; }

    public AnyFetchProviderOptions Options { get; }

    public ProviderIdentity Identity { get; }

    public TimeProvider Time { get; }

    public ProviderLog Log { get; }

    public ProviderStore Store { get; }

    public AnyFetchManagerClient Manager { get; }

    public RunScheduler Scheduler { get; }

    public SubscriptionSet Subscriptions { get; }

    public WatcherSet Watchers { get; }

    public ScheduleSet Schedules { get; }

    public ProviderMeter Meter { get; }

    public static async Task<ProviderRuntime> StartAsync(
        ProviderRegistration registration, ProviderIdentity identity, IServiceProvider services,
        CancellationToken cancellationToken)
    {
        var factory = services.GetRequiredService<ILoggerFactory>();
        var runtime = new ProviderRuntime(
            registration.Name,
            registration.Provider(services),
            registration.Options(services),
            identity,
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            new ProviderLog(factory.CreateLogger("AnyFetch.Provider." + registration.Name)));
        await runtime.StartAsync(cancellationToken);
        return runtime;
    }

    /// <summary>The Fetch API with an account's token.</summary>
    public AnyFetchClient CreateCore(string token, RunRequest request, AnyFetchClientOptions? options = null) =>
        new(_http, new Uri(request.ApiUrl), AnyFetchCredentials.Bearer(token), ClientOptions(options ?? NoRetries));

    public SourceAccount CreateSource(AccountRow account, bool readOnly)
    {
        var data = (JsonObject)account.Data.DeepClone();
        return new SourceAccount(
            account.Id, account.Name, data, new StoredAccountData(Store.Accounts, account.Id, readOnly))
        {
            Subscription = account.Subscription,
        };
    }

    public SyncContext CreateContext(
        SourceAccount source, string? cursor, RunRequest request, JunkNames junk, Action? excluded = null,
        string? identifier = null) =>
        new(source, new AccountLedger(Store.Ledger, source.Id))
        {
            Cursor = cursor,
            DocumentsPerUpdate = request.DocumentsPerUpdate,
            Mode = request.PermissionsOnly ? SyncMode.Permissions
                : cursor is null ? SyncMode.Full : SyncMode.Incremental,
            IsDryRun = request.DryRun,
            Identifier = identifier,
            Junk = junk,
            Excluded = excluded,
            TimeProvider = Time,
            Logger = Log.Logger,
        };

    /// <summary>A run that the provider itself asks for, with the cap that the core named last.</summary>
    public RunRequest CreateRequest(AccountRow account, string reason, bool full = false) => new()
    {
        Full = full,
        DocumentsPerUpdate = account.DocumentsPerUpdate ?? Options.DocumentsPerUpdate,
        ApiUrl = Identity.ApiUrl,
        Reason = reason,
        RequestedAt = Time.GetUtcNow().ToUnixTimeMilliseconds(),
    };

    public async ValueTask DisposeAsync()
    {
        await Watchers.DisposeAsync();
        await Scheduler.DisposeAsync();
        Subscriptions.Dispose();
        await Store.DisposeAsync();
        Meter.Dispose();
        _http.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await Store.Runs.CloseInterruptedAsync(cancellationToken);
        var accounts = await Store.Accounts.ListAsync(cancellationToken);
        var resumed = 0;
        foreach (var account in accounts.Where(account => account.Token is not null && !account.RequireRefresh))
        {
            resumed += Scheduler.Resume(account) ? 1 : 0;
            Watchers.Start(account);
        }

        Scheduler.InBackground(account: 0, Schedules.RunAsync);
        Log.Ready(Name, accounts.Count, resumed);
    }

    private AnyFetchClientOptions ClientOptions(AnyFetchClientOptions options) => new()
    {
        RetriesMax = options.RetriesMax,
        TimeoutSeconds = options.TimeoutSeconds,
        TimeProvider = Time,
    };
}
