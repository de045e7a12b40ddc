using System.Collections.Concurrent;
using System.Threading.Channels;
using AnyFetch.Core.Companies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AnyFetch.Search.Following;

/// <summary>
/// Builds indexes anew of which a file was damaged, one after the other. Meanwhile what is left of them answers.
/// </summary>
internal sealed partial class IndexRepair : BackgroundService
{
    /// <summary>Indexes that wait. One that finds no place is noticed again when it is opened next.</summary>
    private const int WaitingMax = 1_000;

    private readonly SearchIndex _index;
    private readonly IndexRebuilder _rebuilder;
    private readonly SearchOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<IndexRepair> _logger;
    private readonly ConcurrentDictionary<CompanyId, bool> _known = [];
    private readonly Channel<CompanyId> _waiting = Channel.CreateBounded<CompanyId>(WaitingMax);

    public IndexRepair(
        SearchIndex index,
        IndexRebuilder rebuilder,
        IOptions<SearchOptions> options,
        TimeProvider timeProvider,
        ILogger<IndexRepair> logger)
    {
        (_index, _rebuilder, _options, _timeProvider, _logger) = (index, rebuilder, options.Value, timeProvider, logger);
        index.Damaged = Add;
    }

    public override void Dispose()
    {
        _index.Damaged = null;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var company in _waiting.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
        {
            while (!await TryRepairAsync(company, stoppingToken).ConfigureAwait(false))
            {
                await Task.Delay(TimeSpan.FromSeconds(_options.RetrySeconds), _timeProvider, stoppingToken)
                    .ConfigureAwait(false);
            }

            _known.TryRemove(company, out _);
        }
    }

    private void Add(CompanyId company)
    {
        if (_known.TryAdd(company, true) && !_waiting.Writer.TryWrite(company))
            _known.TryRemove(company, out _);
    }

    private async Task<bool> TryRepairAsync(CompanyId company, CancellationToken cancellationToken)
    {
        try
        {
            await _rebuilder.RebuildAsync(company, null, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailure(_logger, e, company, _options.RetrySeconds);
            return false;
        }
    }

    [LoggerMessage(3021, LogLevel.Error,
        "The damaged search index of company {Company} could not be built anew; it is tried again in {Seconds} s.")]
    private static partial void LogFailure(ILogger logger, Exception exception, CompanyId company, int seconds);
}
