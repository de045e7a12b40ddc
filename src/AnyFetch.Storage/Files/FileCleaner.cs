using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Files;
using AnyFetch.Core.Queue;
using AnyFetch.Storage.AccessTokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Storage.Files;

/// <summary>
/// Deletes files that no document holds: those that documents let go, after a grace, and from time to time those whose
/// upload never reached a document.
/// </summary>
internal sealed partial class FileCleaner(
    IWorkQueue queue,
    IDocumentStore documents,
    DiskFileStore files,
    FileRelease release,
    AccessTokenRemoval removals,
    TimeProvider timeProvider,
    ILogger<FileCleaner> logger) : BackgroundService
{
    private const int JobsMax = 100;
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_sweepEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.WhenAll(
            RepeatAsync(removals.ResumeAsync, Timeout.InfiniteTimeSpan, stoppingToken),
            RepeatAsync(CleanReleasedAsync, TimeSpan.Zero, stoppingToken),
            RepeatAsync(SweepAsync, s_sweepEvery, stoppingToken)).ConfigureAwait(false);
    }

    /// <summary>Waits for files that were let go, and deletes those that nobody holds.</summary>
    internal async ValueTask CleanReleasedAsync(CancellationToken cancellationToken)
    {
        await queue.WaitAsync(FileRelease.Queue, cancellationToken).ConfigureAwait(false);
        var jobs = await queue.LeaseAsync(FileRelease.Queue, JobsMax, s_lease, cancellationToken).ConfigureAwait(false);
        foreach (var job in jobs)
        {
            var file = new FileHash(job.Key.Name);
            await DeleteUnlessHeldAsync(job.Key.Company, file, cancellationToken).ConfigureAwait(false);
            await queue.CompleteAsync(job, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Looks at every file once.</summary>
    internal async ValueTask SweepAsync(CancellationToken cancellationToken)
    {
        var writtenBefore = timeProvider.GetUtcNow() - Max(release.Grace, s_sweepEvery);
        files.DeleteUnfinished(writtenBefore);
        await foreach (var (company, file) in files.ListAsync(writtenBefore, cancellationToken).ConfigureAwait(false))
        {
            await DeleteUnlessHeldAsync(company, file, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask DeleteUnlessHeldAsync(
        CompanyId company,
        FileHash file,
        CancellationToken cancellationToken)
    {
        // The time comes first: an upload of the same content that begins now is newer, and stays.
        var unlessWrittenAfter = timeProvider.GetUtcNow() - release.Grace;
        if (!await documents.IsFileHeldAsync(company, file, cancellationToken).ConfigureAwait(false))
        {
            await files.DeleteAsync(company, file, unlessWrittenAfter, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RepeatAsync(
        Func<CancellationToken, ValueTask> work,
        TimeSpan pause,
        CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await work(cancellationToken).ConfigureAwait(false);
                await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // The store may be out of reach for a while; nothing is lost, files are deleted later.
                LogFault(logger, fault);
                await Task.Delay(s_retryAfter, timeProvider, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    [LoggerMessage(2001, LogLevel.Warning, "Cleaning up files failed and is tried again")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
