using System.Collections.Concurrent;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Feed;
using AnyFetch.Search.Companies;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Mapping;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Search.Following;

/// <summary>
/// Builds a company's index anew from the feed, while the old one answers, and puts it in the old one's place.
/// </summary>
internal sealed partial class IndexRebuilder(
    IChangeFeed feed,
    SearchIndex index,
    IndexRegistry registry,
    MappingCache mappings,
    ILogger<IndexRebuilder> logger)
{
    private readonly ConcurrentDictionary<CompanyId, bool> _building = [];

    /// <summary>Builds and returns the number of documents in the new index; null when somebody else builds it now.</summary>
    public async ValueTask<int?> RebuildAsync(
        CompanyId company, IProgress<ReindexProgress>? progress, CancellationToken cancellationToken)
    {
        if (!_building.TryAdd(company, true))
            return null;
        try
        {
            var count = await BuildAsync(company, progress, cancellationToken).ConfigureAwait(false);
            await registry.ReplaceAsync(company, () => Swap(company)).ConfigureAwait(false);
            index.Interrupted?.Invoke(company);
            LogRebuilt(logger, company, count);
            return count;
        }
        finally
        {
            _building.TryRemove(company, out _);
        }
    }

    private async ValueTask<int> BuildAsync(
        CompanyId company, IProgress<ReindexProgress>? progress, CancellationToken cancellationToken)
    {
        var directory = registry.BuildingDirectoryOf(company);
        var feedName = await feed.GetNameAsync(cancellationToken).ConfigureAwait(false);

        // Documents that were deleted up to here are not read, so their forgotten deletions are not missed.
        var horizon = await feed.GetHorizonAsync(company, cancellationToken).ConfigureAwait(false);
        CompanyIndex.Delete(directory);
        using var built = registry.Open(directory, feedName);
        while (true)
        {
            var entries = await feed
                .ReadSearchableAsync(built.Position, registry.Options.BatchEntriesMax, company, cancellationToken)
                .ConfigureAwait(false);
            if (entries.Count == 0)
            {
                await built.AdvanceAsync(horizon, cancellationToken).ConfigureAwait(false);
                return built.DocumentCount;
            }

            var types = await mappings.GetAsync(cancellationToken).ConfigureAwait(false);
            await built.ApplyAsync(entries, types, built.Position, cancellationToken).ConfigureAwait(false);
            progress?.Report(new ReindexProgress(company, built.DocumentCount));
        }
    }

    /// <summary>A crash between the two steps leaves no index, which is built again like any missing one.</summary>
    private void Swap(CompanyId company)
    {
        CompanyIndex.Delete(registry.DirectoryOf(company));
        Directory.Move(registry.BuildingDirectoryOf(company), registry.DirectoryOf(company));
    }

    [LoggerMessage(3020, LogLevel.Information, "The search index of company {Company} was built anew: {Count} documents.")]
    private static partial void LogRebuilt(ILogger logger, CompanyId company, int count);
}
