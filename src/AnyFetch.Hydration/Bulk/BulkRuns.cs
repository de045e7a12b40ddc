using AnyFetch.Core.Companies;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Queue;
using AnyFetch.Core.Settings;
using AnyFetch.Filters;
using AnyFetch.Hydration.Dispatch;
using AnyFetch.Hydration.Filters;

namespace AnyFetch.Hydration.Bulk;

/// <summary>
/// Keeps each company's last run. Its job in the queue carries it from node to node; what it has done stands in a setting, and
/// a wish to end it in another, so that neither writer can undo the other.
/// </summary>
internal sealed class BulkRuns(
    ISettingStore settings,
    IWorkQueue queue,
    IChangeFeed feed,
    HydraterStacks stacks,
    TimeProvider timeProvider) : IBulkHydration
{
    /// <summary>Where the jobs wait.</summary>
    internal const string Queue = "bulk-hydration";

    private const string RunPrefix = "hydration.bulk.";
    private const string CancelPrefix = "hydration.bulk-cancel.";

    public async ValueTask<BulkHydrationStart> StartAsync(
        CompanyId company,
        string? filters,
        IReadOnlyList<string>? urls,
        CancellationToken cancellationToken)
    {
        var stack = await stacks.GetAsync(company, cancellationToken).ConfigureAwait(false);
        if (urls is not null && urls.Any(url => stack.Find(url) is null))
        {
            return new BulkHydrationStart(null, BulkHydrationFault.UnknownHydrater);
        }

        if (filters is not null && FilterSet.Parse(filters, out _) is null)
        {
            return new BulkHydrationStart(null, BulkHydrationFault.InvalidFilters);
        }

        if (await FindAsync(company, cancellationToken).ConfigureAwait(false) is { State: BulkHydrationState.Running } running)
        {
            // A node that ended between saving a run and adding its job left a run that nobody works on.
            await AddJobAsync(company, running.Id, cancellationToken).ConfigureAwait(false);
            return new BulkHydrationStart(null, BulkHydrationFault.IsRunning);
        }

        var end = await feed.GetEndAsync(cancellationToken).ConfigureAwait(false);
        var run = new BulkRun
        {
            Id = Guid.NewGuid().ToString("N"),
            Filters = filters,
            Urls = urls,
            Position = FeedPosition.Start.ToString(),
            End = end.ToString(),
            StartedAt = timeProvider.GetUtcNow(),
        };
        await SaveAsync(company, run, cancellationToken).ConfigureAwait(false);
        await AddJobAsync(company, run.Id, cancellationToken).ConfigureAwait(false);
        return new BulkHydrationStart(Shown(run, isCancelled: false), null);
    }

    public async ValueTask<BulkHydration?> FindAsync(CompanyId company, CancellationToken cancellationToken)
    {
        if (await LoadAsync(company, cancellationToken).ConfigureAwait(false) is not { } stored)
        {
            return null;
        }

        var run = BulkRun.Parse(stored);
        return Shown(run, await IsCancelledAsync(company, run, cancellationToken).ConfigureAwait(false));
    }

    public async ValueTask<bool> CancelAsync(CompanyId company, CancellationToken cancellationToken)
    {
        if (await FindAsync(company, cancellationToken).ConfigureAwait(false)
            is not { State: BulkHydrationState.Running } run)
        {
            return false;
        }

        await settings.SetAsync(CancelPrefix + company, run.Id, cancellationToken).ConfigureAwait(false);
        await queue.RemoveAsync(new JobKey(Queue, company, run.Id), cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>The company's run as it is stored; null when there never was one.</summary>
    internal ValueTask<string?> LoadAsync(CompanyId company, CancellationToken cancellationToken) =>
        settings.FindAsync(RunPrefix + company, cancellationToken);

    internal ValueTask SaveAsync(CompanyId company, BulkRun run, CancellationToken cancellationToken) =>
        settings.SetAsync(RunPrefix + company, run.ToJson(), cancellationToken);

    /// <summary>Keeps how far a run has come, unless another run or another worker took its place meanwhile.</summary>
    internal async ValueTask AdvanceAsync(CompanyId company, string before, BulkRun run, CancellationToken cancellationToken) =>
        await settings.ReplaceAsync(RunPrefix + company, before, run.ToJson(), cancellationToken).ConfigureAwait(false);

    internal async ValueTask<bool> IsCancelledAsync(CompanyId company, BulkRun run, CancellationToken cancellationToken) =>
        await settings.FindAsync(CancelPrefix + company, cancellationToken).ConfigureAwait(false) == run.Id;

    private ValueTask AddJobAsync(CompanyId company, string run, CancellationToken cancellationToken) =>
        queue.AddAsync([new NewJob(new JobKey(Queue, company, run), "{}")], cancellationToken);

    private static BulkHydration Shown(BulkRun run, bool isCancelled) => new()
    {
        Id = run.Id,
        State = run.EndedAt is not null ? BulkHydrationState.Done
            : isCancelled ? BulkHydrationState.Cancelled
            : BulkHydrationState.Running,
        Looked = run.Looked,
        Started = run.Started,
        StartedAt = run.StartedAt,
        EndedAt = run.EndedAt,
    };
}
