using System.Net;
using System.Net.Http.Headers;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Queue;
using AnyFetch.Hydration.Dispatch;
using AnyFetch.Hydration.Tasks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydration.Workers;

/// <summary>Calls external hydraters (hydration.md §5) and hands their jobs over to the deadlines once they said 202.</summary>
internal sealed partial class ExternalCaller(
    IWorkQueue queue,
    IDocumentStore documents,
    DocumentTypeCatalog types,
    HydrationEngine engine,
    HydraterStacks stacks,
    TaskAddresses addresses,
    TaskTokens tokens,
    CallbackDeadlines deadlines,
    CircuitBreakers circuits,
    HydraterHttp http,
    IOptions<HydrationOptions> options,
    TimeProvider timeProvider,
    ILogger<ExternalCaller> logger)
{
    internal JobPumpSettings PumpOf(string queueName) => new(
        queueName,
        TimeSpan.FromSeconds(options.Value.LeaseSeconds),
        () => options.Value.CallsMax,
        HandleAsync);

    private async Task HandleAsync(Job job, CancellationToken cancellationToken)
    {
        if (!HydrationJob.TryParse(job.Key, out var about))
        {
            await queue.BuryAsync(job, "The name of the job cannot be read.", cancellationToken).ConfigureAwait(false);
            return;
        }

        var document = await documents.FindAsync(about.DocumentKey, cancellationToken).ConfigureAwait(false);
        if (document is null || !HydrationEngine.IsCurrent(document, about))
        {
            await queue.CompleteAsync(job, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (circuits.OpenUntil(about.Url) is { } until)
        {
            await WaitForCircuitAsync(job, about, document, until, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (await TryCallAsync(document, about, cancellationToken).ConfigureAwait(false))
        {
            circuits.Succeeded(about.Url);
            await deadlines.StartAsync(job, about, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (circuits.Failed(about.Url))
        {
            LogDead(about.Url, options.Value.CircuitOpenSeconds);
        }

        await RetryAsync(job, about, document, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Documents wait for a dead hydrater up to the deadline and get its error then.</summary>
    private async Task WaitForCircuitAsync(
        Job job,
        HydrationJob about,
        Document document,
        DateTimeOffset until,
        CancellationToken cancellationToken)
    {
        var run = document.Hydration.Runs.First(r => r.Url == about.Url);
        var deadline = run.DispatchedAt + await deadlines.PatienceAsync(about.Company, cancellationToken).ConfigureAwait(false);
        if (timeProvider.GetUtcNow() >= deadline)
        {
            await GiveUpAsync(job, about, document, cancellationToken).ConfigureAwait(false);
            return;
        }

        var runAt = until < deadline ? until : deadline;
        await queue.ReleaseAsync(job, runAt, countsAsAttempt: false, cancellationToken).ConfigureAwait(false);
    }

    private async Task RetryAsync(Job job, HydrationJob about, Document document, CancellationToken cancellationToken)
    {
        if (job.Attempts > options.Value.CallRetrySeconds.Count)
        {
            await GiveUpAsync(job, about, document, cancellationToken).ConfigureAwait(false);
            return;
        }

        var delay = TimeSpan.FromSeconds(options.Value.CallRetrySeconds[job.Attempts - 1]);
        await queue.ReleaseAsync(job, timeProvider.GetUtcNow() + delay, countsAsAttempt: true, cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task GiveUpAsync(Job job, HydrationJob about, Document document, CancellationToken cancellationToken)
    {
        var answer = new HydraterAnswer(new DocumentChange(), "unreachable");
        await engine.AnswerAsync(about, answer, job.Attempts, document, cancellationToken).ConfigureAwait(false);

        // The answer ends the job where it belongs; one that an in-process hydrater left behind is in another queue.
        await queue.CompleteAsync(job, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> TryCallAsync(Document document, HydrationJob about, CancellationToken cancellationToken)
    {
        var known = await types.GetAsync(cancellationToken).ConfigureAwait(false);
        var stack = await stacks.GetAsync(about.Company, cancellationToken).ConfigureAwait(false);
        var (callback, fileUrl) = await addresses.OfAsync(document, about, cancellationToken).ConfigureAwait(false);
        var token = await tokens.NewAsync(about, cancellationToken).ConfigureAwait(false);
        var body = DocumentJson.WriteCall(
            document, known.Find(document.Type)?.Name ?? "", stack.Company, fileUrl, callback, token,
            priority: document.Hydration.IsBulk ? JobRouting.BulkPriority : 0);
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.CallTimeoutSeconds), timeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            using var content = new ReadOnlyMemoryContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, about.Url) { Content = content };
            using var response = await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token)
                .ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.Accepted)
            {
                return true;
            }

            LogRefused(about.Url, (int)response.StatusCode);
        }
        catch (HttpRequestException e)
        {
            LogUnreachable(about.Url, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnreachable(about.Url, e);
        }

        return false;
    }

    [LoggerMessage(5040, LogLevel.Warning, "Hydrater {Url} answered its call with status {Status} instead of 202.")]
    private partial void LogRefused(string url, int status);

    [LoggerMessage(5041, LogLevel.Warning, "Hydrater {Url} could not be reached.")]
    private partial void LogUnreachable(string url, Exception error);

    [LoggerMessage(5042, LogLevel.Error, "Hydrater {Url} failed too often in a row; nobody calls it for {Seconds} s.")]
    private partial void LogDead(string url, int seconds);
}
