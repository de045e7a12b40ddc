using AnyFetch.Hydrater.Isolation;
using AnyFetch.Hydrater.Tools;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydrater.Hosting;

/// <summary>
/// One attempt at one task: the same code for every host, so that where a hydrater runs changes nothing (hydration.md §9).
/// </summary>
internal sealed class HydrationRunner(IHydrater hydrater, HydrationRunOptions options, TimeProvider time, ILogger logger)
{
    internal const string TimeoutMessage = "Task took too long.";

    private static readonly ReadOnlyMemory<byte> EmptyChanges = "{}"u8.ToArray();

    /// <summary>
    /// Runs the hydrater once. <paramref name="fetch"/> brings the file into the given folder and returns its path, null for none; it is only
    /// called for hydraters that need files. Cancellation throws; everything else is an outcome.
    /// </summary>
    internal async Task<HydrationOutcome> RunAsync(
        HydrationDocument document, Func<TempFolder, CancellationToken, Task<FetchedFile>> fetch, HydrationAccess access,
        CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(cancellationToken).ConfigureAwait(false);
        if (turn is null && hydrater is IsolatedHydrater)
        {
            return Failure("All hydration workers are busy.", isTransient: true);
        }

        var temp = new TempFolder(options.TempFolder);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var limit = new WorkLimit(hydrater.Descriptor.TimeoutSeconds, time);
        var limited = access with { Limit = limit };
        var work = Task.Run(() => AttemptAsync(document, fetch, limited, temp, stop.Token), CancellationToken.None);
        try
        {
            return await WaitAsync(work, limit, stop, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (work.IsCompleted)
            {
                temp.Dispose();
                stop.Dispose();
            }
            else
            {
                Abandon(work, temp, stop);
            }
        }
    }

    /// <summary>Asks for an answer without a task. What goes wrong is left to the task, which tells of it.</summary>
    internal async ValueTask<HydrationOutcome?> TryAnswerAsync(
        IImmediateHydrater immediate, ImmediateContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await immediate.TryHydrateAsync(context, cancellationToken).ConfigureAwait(false) is { } result
                ? ToOutcome(result)
                : null;
        }
        catch (Exception error) when (!(error is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            RunnerLog.Failed(logger, hydrater.Descriptor.ShortName, error);
            return null;
        }
    }

    /// <summary>Waiting for a worker is not the document's time.</summary>
    private async Task<WorkerTurn?> EnterAsync(CancellationToken cancellationToken)
    {
        try
        {
            return hydrater is IsolatedHydrater isolated ? await isolated.EnterAsync(cancellationToken).ConfigureAwait(false) : null;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private async Task<HydrationOutcome> WaitAsync(
        Task<HydrationOutcome> work, WorkLimit limit, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Over, cancellationToken);
        try
        {
            return await work.WaitAsync(end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!work.IsCompleted)
        {
            await StopAsync(work, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (work.IsCompletedSuccessfully)
        {
            return await work.ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        RunnerLog.TimedOut(logger, hydrater.Descriptor.ShortName, hydrater.Descriptor.TimeoutSeconds);
        return Failure(TimeoutMessage, isTransient: false);
    }

    private async Task StopAsync(Task work, CancellationTokenSource stop)
    {
        await stop.CancelAsync().ConfigureAwait(false);
        var grace = Task.Delay(TimeSpan.FromMilliseconds(options.StopMilliseconds), time, CancellationToken.None);
        await Task.WhenAny(work, grace).ConfigureAwait(false);
    }

    /// <summary>A hydrater that ignores its stop signal keeps its thread; its files go now and again when it ends.</summary>
    private static void Abandon(Task work, TempFolder temp, CancellationTokenSource stop)
    {
        temp.Dispose();
        _ = work.ContinueWith(
            ended =>
            {
                _ = ended.Exception;
                temp.Dispose();
                stop.Dispose();
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task<HydrationOutcome> AttemptAsync(
        HydrationDocument document, Func<TempFolder, CancellationToken, Task<FetchedFile>> fetch, HydrationAccess access,
        TempFolder temp, CancellationToken cancellationToken)
    {
        try
        {
            if (hydrater.Descriptor.Unavailable() is { } reason)
            {
                return Failure(reason, isTransient: true);
            }

            var fetched = hydrater.Descriptor.NeedsFile
                ? await fetch(temp, cancellationToken).ConfigureAwait(false)
                : FetchedFile.None;
            if (fetched.IsGone)
            {
                return new HydrationOutcome(HydrationResultKind.Skipped, null, null, false);
            }

            var file = fetched.Path is { } path ? new HydrationFile(path, document.SourcePath) : null;
            var context = new HydrationContext(document, file, temp, time, logger, access);
            return ToOutcome(await HydrateAsync(context, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // It was stopped, and may have been given up: what it lacks now, such as its folder, says nothing about the document.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (HydrationException error)
        {
            return Failure($"HydrationError: {error.Message}", isTransient: false);
        }
        catch (FileFetchException error)
        {
            return Failure(error.Message, error.IsTransient);
        }
        catch (IsolatedFailureException error)
        {
            RunnerLog.Failed(logger, hydrater.Descriptor.ShortName, error);
            return Failure($"{error.TypeName}: {error.Message}", isTransient: true);
        }
        catch (Exception error)
        {
            // A hydrater is somebody else's code: whatever it throws becomes the document's error.
            RunnerLog.Failed(logger, hydrater.Descriptor.ShortName, error);
            return Failure($"{error.GetType().Name}: {error.Message}", isTransient: true);
        }
    }

    private Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken) =>
        hydrater is IsolatedHydrater isolated
            ? isolated.HydrateAsync(context, options.Output, cancellationToken)
            : hydrater.HydrateAsync(context, cancellationToken);

    private HydrationOutcome ToOutcome(HydrationResult result)
    {
        switch (result.Kind)
        {
            case HydrationResultKind.Failed:
                return Failure($"HydrationError: {result.Message}", isTransient: false);
            case HydrationResultKind.Nothing:
                return new HydrationOutcome(result.Kind, EmptyChanges, null, false);
            case HydrationResultKind.Changed when result.EncodedChanges is { } encoded:
                return new HydrationOutcome(result.Kind, encoded, null, false);
            case HydrationResultKind.Changed when result.Changes is { IsEmpty: false } changes:
                options.Output.Apply(changes);
                return new HydrationOutcome(result.Kind, changes.ToUtf8Json(), null, false);
            case HydrationResultKind.Changed:
                return new HydrationOutcome(HydrationResultKind.Nothing, EmptyChanges, null, false);
            default:
                return new HydrationOutcome(result.Kind, null, null, false);
        }
    }

    private HydrationOutcome Failure(string message, bool isTransient)
    {
        var shown = message.Length <= options.MessageCharactersMax ? message : message[..options.MessageCharactersMax];
        return new HydrationOutcome(HydrationResultKind.Failed, ErrorPayload.Of(shown), shown, isTransient);
    }
}
