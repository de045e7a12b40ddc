using System.Collections.Concurrent;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Feed;
using AnyFetch.Search.Companies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AnyFetch.Search.Following;

/// <summary>
/// Keeps the indexes at the feed. The main stream carries new changes of all companies; a company whose index is
/// behind, missing or damaged is caught up beside it from the company's own feed, and joins the stream when it has
/// arrived. So one company's rebuilding never delays another's changes.
/// </summary>
internal sealed partial class SearchFollower : BackgroundService
{
    private readonly IChangeFeed _feed;
    private readonly SearchIndex _index;
    private readonly IndexRegistry _registry;
    private readonly ICompanyStore _companies;
    private readonly SearchOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<SearchFollower> _logger;
    private readonly ConcurrentDictionary<CompanyId, CompanyProgress> _progress = [];
    private readonly SemaphoreSlim _catchingUp;
    private readonly CancellationTokenSource _stopping = new();
    private FeedPosition _position;

    public SearchFollower(
        IChangeFeed feed,
        SearchIndex index,
        IndexRegistry registry,
        ICompanyStore companies,
        IOptions<SearchOptions> options,
        TimeProvider timeProvider,
        ILogger<SearchFollower> logger)
    {
        _feed = feed;
        _index = index;
        _registry = registry;
        _companies = companies;
        _options = options.Value;
        _timeProvider = timeProvider;
        _logger = logger;
        _catchingUp = new SemaphoreSlim(_options.CatchUpsMax, _options.CatchUpsMax);
        index.Opening = WaitUntilLiveAsync;
        index.Interrupted = Resume;
        index.IsBehind = company => _progress.TryGetValue(company, out var progress) && !progress.CatchingUp.IsCompleted;
    }

    /// <summary>Companies whose index is being brought up to the feed.</summary>
    public int CatchingUp => _progress.Values.Count(p => !p.CatchingUp.IsCompleted);

    /// <summary>How far the main stream has got.</summary>
    public FeedPosition Position => _position;

    public override void Dispose()
    {
        _index.Opening = null;
        _index.Interrupted = null;
        _index.IsBehind = null;
        _stopping.Dispose();
        _catchingUp.Dispose();
        base.Dispose();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(_progress.Values.Select(p => p.CatchingUp)).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var position = await RetryAsync(GetEndAsync, stoppingToken).ConfigureAwait(false);
        _position = position;
        await RetryAsync(BeginAsync, stoppingToken).ConfigureAwait(false);
        while (!stoppingToken.IsCancellationRequested)
        {
            var from = position;
            position = await RetryAsync(token => FollowAsync(from, token), stoppingToken).ConfigureAwait(false);
            _position = position;
        }
    }

    /// <summary>Forgets the companies that are gone and catches up the others.</summary>
    private async ValueTask<bool> BeginAsync(CancellationToken cancellationToken)
    {
        var companies = (await _companies.ListAsync(cancellationToken).ConfigureAwait(false))
            .Select(c => c.Id).ToHashSet();
        foreach (var company in _registry.List().Where(c => !companies.Contains(c)))
            await _registry.DeleteAsync(company).ConfigureAwait(false);

        // An index that somebody searched before the stream had its beginning may have missed what came in between.
        foreach (var company in companies.Union(_progress.Keys))
            Resume(company);
        return true;
    }

    /// <summary>Where to begin: the feed may end before what it has forgotten, which is behind every new follower.</summary>
    private async ValueTask<FeedPosition> GetEndAsync(CancellationToken cancellationToken)
    {
        var horizon = await _feed.GetHorizonAsync(null, cancellationToken).ConfigureAwait(false);
        return FeedPosition.Max(horizon, await _feed.GetEndAsync(cancellationToken).ConfigureAwait(false));
    }

    private async ValueTask<FeedPosition> FollowAsync(FeedPosition position, CancellationToken cancellationToken)
    {
        await _feed.WaitAsync(position, cancellationToken).ConfigureAwait(false);
        var began = _timeProvider.GetTimestamp();
        var entries = await _feed.ReadSearchableAsync(position, _options.BatchEntriesMax, null, cancellationToken)
            .ConfigureAwait(false);
        if (await _feed.GetHorizonAsync(null, cancellationToken).ConfigureAwait(false) is var horizon
            && horizon > position)
        {
            // This node stood still for so long that deletions were forgotten which it has not seen: each company is
            // looked at for itself.
            foreach (var company in _progress.Keys)
                Resume(company);
            return horizon;
        }

        foreach (var group in entries.GroupBy(e => e.Company))
            await DeliverAsync(group.Key, [.. group], cancellationToken).ConfigureAwait(false);
        if (entries.Count < _options.BatchEntriesMax)
            await CollectAsync(began, cancellationToken).ConfigureAwait(false);
        return entries.Count == 0 ? position : entries[^1].Position;
    }

    /// <summary>A commit costs the same for one change as for a hundred, so those of a moment are taken together.</summary>
    private async ValueTask CollectAsync(long began, CancellationToken cancellationToken)
    {
        var rest = TimeSpan.FromMilliseconds(_options.CollectMilliseconds) - _timeProvider.GetElapsedTime(began);
        if (rest > TimeSpan.Zero)
            await Task.Delay(rest, _timeProvider, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask DeliverAsync(
        CompanyId company, List<FeedEntry> entries, CancellationToken cancellationToken)
    {
        var progress = Progress(company);
        if (progress.LiveOrHandOver() is not { } after)
        {
            StartCatchUp(company);
            return;
        }

        try
        {
            if (await _index.ApplyAsync(company, entries, after, cancellationToken).ConfigureAwait(false))
            {
                progress.Applied(entries[^1].Position);
                return;
            }
        }
        catch (Exception e) when (IsBroken(e))
        {
            LogFailure(_logger, e, company);
        }

        progress.Interrupt();
        StartCatchUp(company);
    }

    /// <summary>
    /// Brings an index that is used for the first time up to the feed. A search waits for it for a moment, then answers
    /// from what there is.
    /// </summary>
    private async ValueTask WaitUntilLiveAsync(CompanyId company, CancellationToken cancellationToken)
    {
        var progress = StartCatchUp(company);
        var catchingUp = progress.CatchingUp;
        var rest = TimeSpan.FromMilliseconds(_options.FirstSearchMillisecondsMax)
            - _timeProvider.GetElapsedTime(progress.CatchUpBegan);
        if (catchingUp.IsCompleted || rest <= TimeSpan.Zero)
            return;
        try
        {
            await catchingUp.WaitAsync(rest, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            LogBehind(_logger, company);
        }
    }

    /// <summary>An index was thrown away or replaced: what it lacks is brought in again.</summary>
    private void Resume(CompanyId company)
    {
        Progress(company).Interrupt();
        if (!_stopping.IsCancellationRequested)
            StartCatchUp(company);
    }

    private CompanyProgress StartCatchUp(CompanyId company)
    {
        var progress = Progress(company);
        progress.CatchUp(() => CatchUpAsync(company, progress), _timeProvider.GetTimestamp());
        return progress;
    }

    private async Task CatchUpAsync(CompanyId company, CompanyProgress progress)
    {
        try
        {
            await _catchingUp.WaitAsync(_stopping.Token).ConfigureAwait(false);
            try
            {
                await RetryAsync(token => CatchUpAsync(company, progress, token), _stopping.Token).ConfigureAwait(false);
            }
            finally
            {
                _catchingUp.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // The follower stops; the next one resumes where the index is.
        }
    }

    private async ValueTask<bool> CatchUpAsync(
        CompanyId company, CompanyProgress progress, CancellationToken cancellationToken)
    {
        var name = await _feed.GetNameAsync(cancellationToken).ConfigureAwait(false);
        var begunAfter = FeedPosition.Start;
        while (true)
        {
            var reading = progress.BeginReading();
            var position = await _index.GetPositionAsync(company, name, cancellationToken).ConfigureAwait(false);

            // Whoever reads from the start never sees the documents that were deleted up to here.
            if (position == FeedPosition.Start)
                begunAfter = await _feed.GetHorizonAsync(company, cancellationToken).ConfigureAwait(false);
            var entries = await _feed.ReadSearchableAsync(position, _options.BatchEntriesMax, company, cancellationToken)
                .ConfigureAwait(false);
            var horizon = await _feed.GetHorizonAsync(company, cancellationToken).ConfigureAwait(false);
            if (horizon > FeedPosition.Max(position, begunAfter))
                await StartOverAsync(company).ConfigureAwait(false);
            else if (entries.Count > 0)
                await _index.ApplyAsync(company, entries, position, cancellationToken).ConfigureAwait(false);
            else if (horizon > position)
                await _index.AdvanceAsync(company, horizon, cancellationToken).ConfigureAwait(false);
            else if (progress.TryGoLive(position, reading))
                return true;
        }
    }

    /// <summary>Throws an index away that may hold documents whose deletion the feed has forgotten.</summary>
    private ValueTask StartOverAsync(CompanyId company)
    {
        LogForgotten(_logger, company);
        return _registry.DeleteAsync(company);
    }

    /// <summary>Repeats what fails because something that it depends on is broken, until it succeeds.</summary>
    private async ValueTask<T> RetryAsync<T>(
        Func<CancellationToken, ValueTask<T>> action, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await action(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (IsBroken(e))
            {
                LogRetry(_logger, e, _options.RetrySeconds);
            }

            await Task.Delay(TimeSpan.FromSeconds(_options.RetrySeconds), _timeProvider, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static bool IsBroken(Exception e) => e is not OperationCanceledException;

    private CompanyProgress Progress(CompanyId company) => _progress.GetOrAdd(company, _ => new CompanyProgress());

    [LoggerMessage(3010, LogLevel.Error, "The search index of company {Company} could not take changes; it is caught up.")]
    private static partial void LogFailure(ILogger logger, Exception exception, CompanyId company);

    [LoggerMessage(3011, LogLevel.Error, "The search index cannot follow the feed; it tries again in {Seconds} s.")]
    private static partial void LogRetry(ILogger logger, Exception exception, int seconds);

    [LoggerMessage(3012, LogLevel.Warning, "The search index of company {Company} is still being brought up to the feed.")]
    private static partial void LogBehind(ILogger logger, CompanyId company);

    [LoggerMessage(3013, LogLevel.Warning,
        "The search index of company {Company} was left behind for so long that it is built again.")]
    private static partial void LogForgotten(ILogger logger, CompanyId company);
}
