using AnyFetch.Core.Companies;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Queue;
using AnyFetch.Core.Search;
using AnyFetch.Server.Hydraters;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Directories;

/// <summary>What this server still has to do with the documents that it was sent.</summary>
/// <param name="Documents">Documents of all companies.</param>
/// <param name="HydrationsLeft">Hydrations that wait or run, those not yet dispatched counted as one.</param>
/// <param name="DocumentsFailed">Documents that a hydrater gave up since the start.</param>
/// <param name="IsSearchable">True when the search index has everything.</param>
public sealed record WorkLeft(long Documents, long HydrationsLeft, long DocumentsFailed, bool IsSearchable)
{
    private const string HydrationQueues = "hydrate-";
    private const string HydrationConsumer = "hydration";

    /// <summary>Counts now.</summary>
    public static async Task<WorkLeft> CountAsync(WebApplication app, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(app);
        var services = app.Services;
        var feed = services.GetRequiredService<IChangeFeed>();
        var name = await feed.GetNameAsync(cancellationToken).ConfigureAwait(false);
        var companies = services.GetRequiredService<ICompanyStore>();
        long documents = 0;
        var isSearchable = true;
        foreach (var company in await companies.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            documents += (await companies.CountAsync(company.Id, cancellationToken).ConfigureAwait(false)).Documents;
            var position = await services.GetRequiredService<ISearchIndex>()
                .GetPositionAsync(company.Id, name, cancellationToken).ConfigureAwait(false);
            var next = await feed.ReadAsync(position, 1, company.Id, cancellationToken).ConfigureAwait(false);
            isSearchable &= next.Count == 0;
        }

        return new WorkLeft(
            documents,
            await CountHydrationsAsync(services, feed, cancellationToken).ConfigureAwait(false),
            services.GetRequiredService<HydrationMeter>().Failed,
            isSearchable);
    }

    private static async Task<long> CountHydrationsAsync(
        IServiceProvider services,
        IChangeFeed feed,
        CancellationToken cancellationToken)
    {
        var position = await services.GetRequiredService<IFeedCursorStore>()
            .GetAsync(HydrationConsumer, cancellationToken).ConfigureAwait(false);
        var ahead = await feed.ReadAsync(position, 1, null, cancellationToken).ConfigureAwait(false);
        var queues = await services.GetRequiredService<IWorkQueue>().CountAsync(cancellationToken).ConfigureAwait(false);
        return ahead.Count + queues
            .Where(q => q.Queue.StartsWith(HydrationQueues, StringComparison.Ordinal) || q.Queue == "hydrate")
            .Where(q => q.Queue != "hydrate-deadline")
            .Sum(q => q.Waiting + q.Running);
    }
}
