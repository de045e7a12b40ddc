using AnyFetch.Hydrater.Isolation;
using AnyFetch.Hydrater.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AnyFetch.Hydrater.Hosting;

/// <summary>
/// Runs a hydrater in the caller's process, without HTTP: same timeout, same errors, same payload as over HTTP.
/// Thread-safe; the caller decides how many tasks run at once (<see cref="HydraterDescriptor.Concurrency"/> says how many it wants).
/// </summary>
public sealed class InProcessHydrater
{
    private readonly IHydrater _hydrater;
    private readonly HydrationRunOptions _options;
    private readonly TimeProvider _time;
    private readonly HydrationRunner _runner;

    /// <summary>Binds a hydrater to its options. Without any, nothing is retried here: the caller's queue does that. Temp
    /// folders that a killed process left a day ago are deleted.</summary>
    public InProcessHydrater(
        IHydrater hydrater, HydrationRunOptions? options = null, TimeProvider? time = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(hydrater);
        _hydrater = hydrater;
        _options = options ?? new HydrationRunOptions { RetrySeconds = [] };
        _time = time ?? TimeProvider.System;
        TempFolder.RemoveStale(_options.TempFolder, _time);
        _runner = new HydrationRunner(hydrater, _options, _time, logger ?? NullLogger.Instance);
    }

    /// <summary>The hydrater's descriptor.</summary>
    public HydraterDescriptor Descriptor => _hydrater.Descriptor;

    /// <summary>
    /// The longest that one attempt takes: the descriptor's time limit, thirty times that in which it may stand still because others
    /// need the processors, and, for an isolated hydrater, the wait for a worker.
    /// </summary>
    public TimeSpan AttemptTimeMax => WorkLimit.LongestOf(Descriptor.TimeoutSeconds)
        + (_hydrater is IsolatedHydrater isolated ? isolated.WaitMax : TimeSpan.Zero);

    /// <summary>
    /// Hydrates one document. Everything that goes wrong is an outcome; only cancellation throws, after the hydrater was stopped.
    /// </summary>
    public async Task<HydrationOutcome> RunAsync(HydrationTask task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        var access = new HydrationAccess(task.Core ?? (static () => null), task.DeleteDocument);
        for (var attempt = 0; ; attempt++)
        {
            var outcome = await _runner.RunAsync(
                task.Document, (temp, stop) => FetchAsync(task, temp, stop), access, cancellationToken).ConfigureAwait(false);
            if (!outcome.IsTransient || attempt >= _options.RetrySeconds.Count)
            {
                return outcome;
            }

            await Task.Delay(TimeSpan.FromSeconds(_options.RetrySeconds[attempt]), _time, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>True when <see cref="TryAnswerAsync"/> answers some documents.</summary>
    public bool AnswersAtOnce => _hydrater is IImmediateHydrater;

    /// <summary>Answers for a document that needs no task; null when it does (<see cref="IImmediateHydrater"/>).</summary>
    public async ValueTask<HydrationOutcome?> TryAnswerAsync(ImmediateContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return _hydrater is IImmediateHydrater immediate
            ? await _runner.TryAnswerAsync(immediate, context, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private async Task<FetchedFile> FetchAsync(HydrationTask task, TempFolder temp, CancellationToken cancellationToken)
    {
        if (task.FilePath is { } local)
        {
            return File.Exists(local) ? new FetchedFile(local, false) : FetchedFile.Gone;
        }

        if (task.OpenFile is null)
        {
            return FetchedFile.None;
        }

        var source = await task.OpenFile(cancellationToken).ConfigureAwait(false);
        if (source is null)
        {
            return FetchedFile.Gone;
        }

        await using (source.ConfigureAwait(false))
        {
            var path = temp.NewFilePath();
            await FileCopy.ToNewFileAsync(source, path, _options.FileBytesMax, cancellationToken).ConfigureAwait(false);
            return new FetchedFile(path, false);
        }
    }
}
