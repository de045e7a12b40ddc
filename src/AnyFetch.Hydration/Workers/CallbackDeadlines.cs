using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Queue;
using AnyFetch.Hydration.Dispatch;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydration.Workers;

/// <summary>
/// Waits for answers that come by callback. The job of a called hydrater moves to a queue of its own, where it is due at the
/// deadline; so nothing has to remember that the call was made.
/// </summary>
internal sealed class CallbackDeadlines(
    IWorkQueue queue,
    IDocumentStore documents,
    HydrationEngine engine,
    HydraterStacks stacks,
    IOptions<HydrationOptions> options,
    TimeProvider timeProvider)
{
    private const int HeldMax = 32;

    internal JobPumpSettings Pump => new(
        JobRouting.DeadlineQueue,
        TimeSpan.FromSeconds(options.Value.LeaseSeconds),
        static () => HeldMax,
        HandleAsync);

    /// <summary>Begins to wait. A crash in between calls the hydrater again, which it has to bear anyway.</summary>
    internal async Task StartAsync(Job job, HydrationJob about, CancellationToken cancellationToken)
    {
        var patience = await PatienceAsync(about.Company, cancellationToken).ConfigureAwait(false);
        var deadline = new NewJob(JobRouting.DeadlineKey(about), "{}") { RunAt = timeProvider.GetUtcNow() + patience };
        await queue.AddAsync([deadline], cancellationToken).ConfigureAwait(false);
        await queue.CompleteAsync(job, cancellationToken).ConfigureAwait(false);

        // A hydrater may have answered before the deadline stood in the queue, from where its answer then could not take it.
        var document = await documents.FindAsync(about.DocumentKey, cancellationToken).ConfigureAwait(false);
        if (document is null || !HydrationEngine.IsCurrent(document, about))
        {
            await queue.RemoveAsync(deadline.Key, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>How long a company waits for an answer.</summary>
    internal async ValueTask<TimeSpan> PatienceAsync(CompanyId company, CancellationToken cancellationToken)
    {
        var stack = await stacks.GetAsync(company, cancellationToken).ConfigureAwait(false);
        return TimeSpan.FromSeconds(stack.Company.CallbackSeconds ?? options.Value.CallbackSeconds);
    }

    private async Task HandleAsync(Job job, CancellationToken cancellationToken)
    {
        if (!HydrationJob.TryParse(job.Key, out var about))
        {
            await queue.BuryAsync(job, "The name of the job cannot be read.", cancellationToken).ConfigureAwait(false);
            return;
        }

        var answer = new HydraterAnswer(new DocumentChange(), "timed out");
        await engine.AnswerAsync(about, answer, job.Attempts, null, cancellationToken).ConfigureAwait(false);
    }
}
