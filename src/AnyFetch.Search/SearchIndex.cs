using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Search;
using AnyFetch.Search.Companies;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Mapping;
using AnyFetch.Search.Similarity;
using AnyFetch.Search.Suggestions;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Search;

/// <summary>The search indexes on this node. A damaged one is thrown away, and built again by whoever feeds it.</summary>
internal sealed partial class SearchIndex(
    IndexRegistry registry,
    MappingCache mappings,
    IChangeFeed feed,
    TimeProvider timeProvider,
    ILogger<SearchIndex> logger) : ISearchIndex
{
    /// <summary>Told of a company whose index is used, so that it can be brought up to the feed.</summary>
    public Func<CompanyId, CancellationToken, ValueTask>? Opening { get; set; }

    /// <summary>Told of a company whose index lacks documents, since a file of it was damaged.</summary>
    public Action<CompanyId>? Damaged { get; set; }

    /// <summary>Tells of a company whether its index is being brought up to the feed.</summary>
    public Func<CompanyId, bool>? IsBehind { get; set; }

    /// <summary>Told of a company whose index was thrown away or replaced.</summary>
    public Action<CompanyId>? Interrupted { get; set; }

    public async ValueTask<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await AskAsync(
            request.Company,
            (index, types, cancel) => index.SearchAsync(request, types, cancel),
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<SimilarResult> SimilarAsync(SimilarRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Source.Company != request.Within.Company)
            throw new ArgumentException("The document belongs to another company.", nameof(request));
        return await AskAsync(
            request.Within.Company,
            (index, types, cancel) => index.SimilarAsync(
                request, SourceTerms.Read(request.Source, types.Of(request.Source.Type)), types, cancel),
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> MayHoldAsync(
        CompanyId company, string key, string value, CancellationToken cancellationToken) =>
        registry.Exists(company) && await UseAsync(
            company, index => ValueTask.FromResult(index.MayHold(key, value)), cancellationToken)
            .ConfigureAwait(false);

    public async ValueTask<SearchIndexState> DescribeAsync(CompanyId company, CancellationToken cancellationToken)
    {
        if (!registry.Exists(company))
            return new SearchIndexState(0, 0, 0, 0, IsBehind?.Invoke(company) ?? false, false);
        var (statistics, isPartial, setAside) = await UseAsync(
            company,
            index => ValueTask.FromResult((index.Statistics, index.IsPartial, index.SetAside.Documents)),
            cancellationToken).ConfigureAwait(false);
        return new SearchIndexState(
            statistics.Documents,
            statistics.Segments,
            statistics.FileBytes,
            statistics.MemoryBytes,
            IsBehind?.Invoke(company) ?? false,
            isPartial)
        {
            Unindexed = [.. setAside.OrderBy(d => d.Id.Value)],
        };
    }

    /// <summary>Proposes terms for what somebody types.</summary>
    public ValueTask<Proposals> ProposeAsync(
        SuggestionRequest request, TypedQuery query, int limit, CancellationToken cancellationToken) => AskAsync(
            request.Company,
            (index, _, cancel) => index.ProposeAsync(query, request.Viewer, limit, cancel),
            cancellationToken);

    /// <summary>Asks an index something, with the time that an answer may take.</summary>
    private async ValueTask<T> AskAsync<T>(
        CompanyId company,
        Func<CompanyIndex, Mappings, CancellationToken, ValueTask<T>> ask,
        CancellationToken cancellationToken)
    {
        if (Opening is { } opening)
            await opening(company, cancellationToken).ConfigureAwait(false);
        var types = await mappings.GetAsync(cancellationToken).ConfigureAwait(false);
        using var timeout = new CancellationTokenSource(
            TimeSpan.FromSeconds(registry.Options.SearchSecondsMax), timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await UseAsync(company, index => ask(index, types, either.Token), either.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"The search took longer than {registry.Options.SearchSecondsMax} s.", e);
        }
    }

    public async ValueTask ApplyAsync(
        CompanyId company, IReadOnlyList<FeedEntry> entries, CancellationToken cancellationToken) =>
        await ApplyAsync(company, entries, null, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Applies changes unless the index is not as far as <paramref name="after"/>, the position that they follow on;
    /// false then.
    /// </summary>
    public async ValueTask<bool> ApplyAsync(
        CompanyId company,
        IReadOnlyList<FeedEntry> entries,
        FeedPosition? after,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Any(e => e.Company != company))
            throw new ArgumentException("An entry belongs to another company.", nameof(entries));
        var types = await mappings.GetAsync(cancellationToken).ConfigureAwait(false);
        return await UseAsync(
            company,
            async index =>
            {
                var isApplied = await index.ApplyAsync(entries, types, after, cancellationToken).ConfigureAwait(false);
                foreach (var document in index.SetAside.TakeNews())
                    LogSetAside(logger, company, document.Id, document.Reason);
                return isApplied;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<FeedPosition> GetPositionAsync(
        CompanyId company, string feedName, CancellationToken cancellationToken)
    {
        if (!registry.Exists(company))
            return FeedPosition.Start;
        var (name, position) = await UseAsync(
            company, index => ValueTask.FromResult((index.FeedName, index.Position)), cancellationToken)
            .ConfigureAwait(false);
        return name == feedName ? position : FeedPosition.Start;
    }

    public async ValueTask DeleteAsync(CompanyId company, CancellationToken cancellationToken)
    {
        await registry.DeleteAsync(company).ConfigureAwait(false);
        Interrupted?.Invoke(company);
    }

    /// <summary>Notes that there is nothing up to a position that the index lacks.</summary>
    public async ValueTask AdvanceAsync(CompanyId company, FeedPosition position, CancellationToken cancellationToken) =>
        await UseAsync(
            company,
            async index =>
            {
                await index.AdvanceAsync(position, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    private async ValueTask<T> UseAsync<T>(
        CompanyId company, Func<CompanyIndex, ValueTask<T>> use, CancellationToken cancellationToken)
    {
        var feedName = await feed.GetNameAsync(cancellationToken).ConfigureAwait(false);
        return await registry.UseAsync(company, feedName, Checked, cancellationToken).ConfigureAwait(false);

        ValueTask<T> Checked(CompanyIndex index)
        {
            if (index.TakeDamage() is { } reason)
            {
                LogDamage(logger, company, reason);
                if (index.IsPartial)
                    Damaged?.Invoke(company);
                else
                    Interrupted?.Invoke(company);
            }

            return use(index);
        }
    }

    [LoggerMessage(3001, LogLevel.Error, "The search index of company {Company} is damaged and is built again: {Reason}")]
    private static partial void LogDamage(ILogger logger, CompanyId company, string reason);

    [LoggerMessage(3002, LogLevel.Error,
        "Document {Document} of company {Company} could not be indexed and is not found until it changes or the index is built anew: {Reason}")]
    private static partial void LogSetAside(ILogger logger, CompanyId company, DocumentId document, string reason);
}
