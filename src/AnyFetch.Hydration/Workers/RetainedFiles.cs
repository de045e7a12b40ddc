using AnyFetch.Core.Documents;
using AnyFetch.Core.Queue;
using AnyFetch.Hydration.Dispatch;
using AnyFetch.Hydration.Rounds;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydration.Workers;

/// <summary>
/// Lets go of files that were retained after an error (<see cref="HydrationOptions.RetainOnErrorHours"/>): the document is
/// judged once more when their time is over.
/// </summary>
internal sealed class RetainedFiles(
    IWorkQueue queue,
    IDocumentStore documents,
    HydrationEngine engine,
    IOptions<HydrationOptions> options)
{
    private const int HeldMax = 16;

    internal JobPumpSettings Pump => new(
        JobRouting.RetainedQueue,
        TimeSpan.FromSeconds(options.Value.LeaseSeconds),
        static () => HeldMax,
        HandleAsync);

    private async Task HandleAsync(Job job, CancellationToken cancellationToken)
    {
        if (HydrationJob.TryParse(job.Key, out var about)
            && await documents.FindAsync(about.DocumentKey, cancellationToken).ConfigureAwait(false) is { } document
            && document.Hydration.Generation == about.Generation)
        {
            var round = await engine.PlanAsync(document, RoundTrigger.Client, cancellationToken).ConfigureAwait(false);
            if (!ReferenceEquals(round.Document, document))
            {
                await engine.HoldAsync(document, round, cancellationToken).ConfigureAwait(false);
            }
        }

        await queue.CompleteAsync(job, cancellationToken).ConfigureAwait(false);
    }
}
