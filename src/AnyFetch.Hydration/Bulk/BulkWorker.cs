using AnyFetch.Core.Companies;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Queue;
using AnyFetch.Filters;
using AnyFetch.Hydration.Filters;
using AnyFetch.Hydration.Tasks;
using AnyFetch.Hydration.Workers;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydration.Bulk;

/// <summary>
/// Walks a company's documents in the order of the feed and begins their hydration again. It only begins it: the hydraters'
/// jobs stand behind the company's other ones. Each document is begun once, whatever happens to the node meanwhile.
/// </summary>
internal sealed class BulkWorker(
    BulkRuns runs,
    IChangeFeed feed,
    HydrationTasks tasks,
    DocumentTypeCatalog types,
    IWorkQueue queue,
    IOptions<HydrationOptions> options,
    TimeProvider timeProvider)
{
    private const int HeldMax = 2;
    private const int PassesMax = 5;

    internal JobPumpSettings Pump => new(
        BulkRuns.Queue,
        TimeSpan.FromSeconds(options.Value.LeaseSeconds),
        static () => HeldMax,
        HandleAsync);

    private async Task HandleAsync(Job job, CancellationToken cancellationToken)
    {
        var company = job.Key.Company;

        // Read anew for each page: a run that was ended meanwhile may have made room for another, which must not be overwritten.
        while (await runs.LoadAsync(company, cancellationToken).ConfigureAwait(false) is { } stored
            && BulkRun.Parse(stored) is { EndedAt: null } run
            && run.Id == job.Key.Name
            && !await runs.IsCancelledAsync(company, run, cancellationToken).ConfigureAwait(false))
        {
            var next = await WalkAsync(company, run, cancellationToken).ConfigureAwait(false);
            await runs.AdvanceAsync(company, stored, next, cancellationToken).ConfigureAwait(false);
        }

        await queue.CompleteAsync(job, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<BulkRun> WalkAsync(CompanyId company, BulkRun run, CancellationToken cancellationToken)
    {
        var entries = await feed
            .ReadAsync(FeedPosition.Parse(run.Position), options.Value.BulkPageMax, company, cancellationToken)
            .ConfigureAwait(false);
        var end = FeedPosition.Parse(run.End);
        var page = entries.TakeWhile(e => e.Position <= end).ToList();
        if (page.Count == 0)
        {
            return await EndPassAsync(run, cancellationToken).ConfigureAwait(false);
        }

        var documents = page.Select(e => e.Document).OfType<Document>().Where(d => IsDue(d, run)).ToList();
        var started = await BeginAsync(company, run, documents, cancellationToken).ConfigureAwait(false);
        return run with
        {
            Position = page[^1].Position.ToString(),
            Looked = run.Looked + documents.Count,
            Started = run.Started + started,
            StartedInPass = run.StartedInPass + started,
        };
    }

    /// <summary>What the run began is not begun twice, and newer documents were hydrated as things are now.</summary>
    private static bool IsDue(Document document, BulkRun run) =>
        document.Hydration.BulkRun != run.Id && document.Id.Value.Seconds <= run.StartedAt.ToUnixTimeSeconds();

    private async ValueTask<int> BeginAsync(
        CompanyId company,
        BulkRun run,
        List<Document> documents,
        CancellationToken cancellationToken)
    {
        var known = await types.GetAsync(cancellationToken).ConfigureAwait(false);
        var filters = run.Filters is { } json ? FilterSet.Parse(json, out _) : null;
        var results = await Task
            .WhenAll(documents
                .Where(d => filters is null || filters.Matches(d, known.Find(d.Type)))
                .Select(d => tasks
                    .HydrateAgainAsync(DocumentKey.ById(company, d.Id), run.Urls, run.Id, cancellationToken)
                    .AsTask()))
            .ConfigureAwait(false);
        return results.Count(r => r == HydrateAgainResult.Started);
    }

    /// <summary>A pass that began nothing is the last one; a company that never rests gets some and no more.</summary>
    private async ValueTask<BulkRun> EndPassAsync(BulkRun run, CancellationToken cancellationToken)
    {
        if (run.StartedInPass == 0 || run.Pass == PassesMax)
        {
            return run with { EndedAt = timeProvider.GetUtcNow() };
        }

        var end = await feed.GetEndAsync(cancellationToken).ConfigureAwait(false);
        return run with { End = end.ToString(), Pass = run.Pass + 1, StartedInPass = 0 };
    }
}
