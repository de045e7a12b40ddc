using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Files;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Queue;
using AnyFetch.Hydration.Answers;
using AnyFetch.Hydration.Dispatch;
using AnyFetch.Hydration.Tasks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydration.Workers;

/// <summary>Handles the jobs of one in-process hydrater.</summary>
internal sealed partial class InProcessWorker(
    IInProcessHydrater hydrater,
    InProcessParts parts,
    ILogger logger) : IDisposable
{
    /// <summary>How long a hydrater may overrun its own time-out before it is given up.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);

    /// <summary>An answer that may wait in memory with as many others as jobs are held.</summary>
    private const int AnswerBytesSmall = 128 * 1024;

    /// <summary>After this time a document goes on beside the others.</summary>
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(2);

    /// <summary>Jobs of a company that may wait while it has slow documents in work; further ones come back later.</summary>
    private const int WaitingMax = 8;

    private readonly CompanyShares _shares = new(hydrater.Concurrency);
    private readonly WorkerSlots _slots = new(
        hydrater, parts.Foreground, TimeSpan.FromSeconds(parts.Options.Value.BackgroundWaitSeconds));

    private readonly DurationGauge _gauge = new(hydrater.Concurrency, parts.Options.Value.PrefetchMax);

    internal JobPumpSettings Pump => new(
        JobRouting.QueueOf(hydrater),
        TimeSpan.FromSeconds(parts.Options.Value.LeaseSeconds),
        _gauge.HeldMax,
        HandleAsync)
    {
        Aside = () => _shares.Aside,
    };

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    private async Task HandleAsync(Job job, CancellationToken cancellationToken)
    {
        if (!HydrationJob.TryParse(job.Key, out var about))
        {
            await parts.Queue.BuryAsync(job, "The name of the job cannot be read.", cancellationToken).ConfigureAwait(false);
            return;
        }

        if (await _shares.EnterAsync(about.Company, WaitingMax, cancellationToken).ConfigureAwait(false) is not { } place)
        {
            await parts.Queue.ReleaseAsync(
                job, parts.TimeProvider.GetUtcNow() + _shares.ComeBackAfter(about.Company), countsAsAttempt: false, cancellationToken)
                .ConfigureAwait(false);
            return;
        }

        try
        {
            await _slots.EnterAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            place.End();
            throw;
        }

        // A callback that has begun ends first: what it gives back may not outlive the workers.
        await using var aside = parts.TimeProvider.CreateTimer(_ => StepAside(place), null, s_slow, System.Threading.Timeout.InfiniteTimeSpan)
            .ConfigureAwait(false);
        try
        {
            var document = await parts.Documents.FindAsync(about.DocumentKey, cancellationToken).ConfigureAwait(false);
            if (document is null || !HydrationEngine.IsCurrent(document, about))
            {
                await parts.Queue.CompleteAsync(job, cancellationToken).ConfigureAwait(false);
                return;
            }

            var outcome = Verdict(document, about, job.Attempts)
                ?? await RunAsync(document, about, job, cancellationToken).ConfigureAwait(false);
            if (outcome.Changes.Length <= AnswerBytesSmall)
            {
                // The next one runs while this outcome waits for its commit. Large ones would heap up.
                End(place);
            }

            await EndAsync(job, about, document, outcome, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            End(place);
        }
    }

    /// <summary>The slot is for others now; the document goes on, and holds its company's place.</summary>
    private void StepAside(CompanyPlace place)
    {
        if (place.TryStepAside())
        {
            _slots.Leave();
        }
    }

    private void End(CompanyPlace place)
    {
        if (place.End())
        {
            _slots.Leave();
        }
    }

    /// <summary>The outcome of a job that is not run any more, or null.</summary>
    private HydraterOutcome? Verdict(Document document, HydrationJob about, int attempts)
    {
        // One attempt more than failures are tried again: a worker may have been stopped by force in between.
        var attemptsMax = parts.Options.Value.RetrySeconds.Count + 2;
        if (attempts > attemptsMax)
        {
            return HydraterOutcome.Failed($"The hydrater did not come to an end in {attemptsMax} attempts.", isPermanent: true);
        }

        var run = document.Hydration.Runs.First(r => r.Url == about.Url);
        var isStale = parts.TimeProvider.GetUtcNow() - run.DispatchedAt > TimeSpan.FromDays(parts.Options.Value.FileDaysMax);
        return isStale ? HydraterOutcome.Failed("timed out", isPermanent: true) : null;
    }

    private async Task<HydraterOutcome> RunAsync(
        Document document,
        HydrationJob about,
        Job job,
        CancellationToken cancellationToken)
    {
        var task = await TaskOfAsync(document, about, job, cancellationToken).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var startedAt = parts.TimeProvider.GetTimestamp();
        var work = RunSafelyAsync(task, stop.Token);
        try
        {
            return await work.WaitAsync(hydrater.Timeout + s_grace, parts.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            LogOverrun(hydrater.ShortName);
            return HydraterOutcome.Failed("Task took too long.", isPermanent: true);
        }
        finally
        {
            if (!work.IsCompleted)
            {
                // Before its source is let go: a stop that comes from outside may not have reached it, and then it never would.
                await stop.CancelAsync().ConfigureAwait(false);
            }

            _gauge.Add(parts.TimeProvider.GetElapsedTime(startedAt));
        }
    }

    /// <summary>
    /// Hydraters are somebody else's code: what they throw becomes the outcome. After a stop nobody waits for it, and what they worked with
    /// may be gone.
    /// </summary>
    private async Task<HydraterOutcome> RunSafelyAsync(HydrationTask task, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() => hydrater.RunAsync(task, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e)
        {
            LogThrew(hydrater.ShortName, e);
            return HydraterOutcome.Failed($"{e.GetType().Name}: {e.Message}", isPermanent: false);
        }
    }

    private async ValueTask<HydrationTask> TaskOfAsync(
        Document document,
        HydrationJob about,
        Job job,
        CancellationToken cancellationToken)
    {
        var types = await parts.Types.GetAsync(cancellationToken).ConfigureAwait(false);
        var stack = await parts.Stacks.GetAsync(document.Company, cancellationToken).ConfigureAwait(false);
        var (callback, fileUrl) = await parts.Addresses.OfAsync(document, about, cancellationToken).ConfigureAwait(false);
        var token = await parts.Tokens.NewAsync(about, cancellationToken).ConfigureAwait(false);
        return new HydrationTask
        {
            Document = document,
            DocumentJson = DocumentJson.Write(document, types.Find(document.Type)?.Name ?? "", stack.Company),
            Callback = callback,
            FileUrl = fileUrl,
            OpenFileAsync = stop => document.File is { } file
                ? parts.Files.OpenAsync(document.Company, file.Hash, stop)
                : ValueTask.FromResult<Stream?>(null),
            AccessToken = () => token,
            DeleteDocumentAsync = stop => parts.Engine.DeleteAsync(about, stop),
            Attempt = job.Attempts,
        };
    }

    private async Task EndAsync(
        Job job,
        HydrationJob about,
        Document document,
        HydraterOutcome outcome,
        CancellationToken cancellationToken)
    {
        switch (outcome.Kind)
        {
            case HydraterOutcomeKind.Deleted:
                await parts.Engine.DeleteAsync(about, cancellationToken).ConfigureAwait(false);
                return;
            case HydraterOutcomeKind.Delegated:
                await parts.Deadlines.StartAsync(job, about, cancellationToken).ConfigureAwait(false);
                return;
            case HydraterOutcomeKind.Failed when !outcome.IsPermanent && job.Attempts <= parts.Options.Value.RetrySeconds.Count:
                var delay = TimeSpan.FromSeconds(parts.Options.Value.RetrySeconds[job.Attempts - 1]);
                await parts.Queue.ReleaseAsync(
                    job, parts.TimeProvider.GetUtcNow() + delay, countsAsAttempt: true, cancellationToken).ConfigureAwait(false);
                return;
        }

        var answer = await AnswerOfAsync(outcome, document, cancellationToken).ConfigureAwait(false);
        await parts.Engine.AnswerAsync(about, answer, job.Attempts, document, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<HydraterAnswer> AnswerOfAsync(
        HydraterOutcome outcome,
        Document document,
        CancellationToken cancellationToken)
    {
        if (outcome.Kind == HydraterOutcomeKind.Failed)
        {
            return new HydraterAnswer(new DocumentChange(), outcome.Message);
        }

        if (outcome.Kind != HydraterOutcomeKind.Changed)
        {
            return new HydraterAnswer(new DocumentChange(), null);
        }

        var answer = await parts.ChangeSets.ReadAsync(outcome.Changes, document.Company, cancellationToken)
            .ConfigureAwait(false);
        return answer with { Change = parts.Cleaner.Clean(answer.Change) };
    }

    [LoggerMessage(5030, LogLevel.Warning, "Hydrater {Hydrater} did not stop in time and was given up.")]
    private partial void LogOverrun(string hydrater);

    [LoggerMessage(5031, LogLevel.Warning, "Hydrater {Hydrater} failed.")]
    private partial void LogThrew(string hydrater, Exception error);
}

/// <summary>What all in-process workers share.</summary>
internal sealed record InProcessParts(
    IWorkQueue Queue,
    IDocumentStore Documents,
    IFileStore Files,
    DocumentTypeCatalog Types,
    HydraterStacks Stacks,
    HydrationEngine Engine,
    TaskAddresses Addresses,
    TaskTokens Tokens,
    CallbackDeadlines Deadlines,
    ChangeSetReader ChangeSets,
    AnswerCleaner Cleaner,
    ForegroundWork Foreground,
    IOptions<HydrationOptions> Options,
    TimeProvider TimeProvider);
