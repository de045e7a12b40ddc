using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Queue;
using AnyFetch.Hydration.Rounds;
using AnyFetch.Hydration.Workers;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydration.Dispatch;

/// <summary>
/// Holds rounds and takes answers. What can take long (filters, merging) is done over a document that was read before; the
/// store's decision only compares, so that it never holds up other writers.
/// </summary>
internal sealed class HydrationEngine(
    IDocumentStore documents,
    DocumentTypeCatalog types,
    HydraterStacks stacks,
    JobRouting routing,
    ImmediateAnswers immediate,
    AnswerMeter meter,
    IOptions<HydrationOptions> options,
    TimeProvider timeProvider)
{
    /// <summary>How often an answer is prepared again because the document changed meanwhile.</summary>
    private const int PreparationsMax = 4;

    private readonly RoundRules _rules = new(options.Value.RoundsMax, options.Value.LowPriorityAfterErrors)
    {
        RetainOnError = TimeSpan.FromHours(options.Value.RetainOnErrorHours),
    };

    /// <summary>What a change that stands in the feed calls for.</summary>
    internal async ValueTask<Round> PlanAsync(
        Document document,
        RoundTrigger trigger,
        CancellationToken cancellationToken)
    {
        var stack = await stacks.GetAsync(document.Company, cancellationToken).ConfigureAwait(false);
        var known = await types.GetAsync(cancellationToken).ConfigureAwait(false);
        var now = timeProvider.GetUtcNow();
        var type = known.Find(document.Type);
        var round = RoundPlanner.Plan(document, type, stack, trigger, now, _rules);
        while (round.Dispatched.Count > 0
            && await immediate.TryAnswerAsync(round, type, stack.Company, now, cancellationToken).ConfigureAwait(false) is { } answered)
        {
            type = known.Find(answered.Type);
            round = RoundPlanner.Plan(answered, type, stack, RoundTrigger.Answer, now, _rules) with
            {
                Superseded = round.Superseded,
                SupersededGeneration = round.SupersededGeneration,
            };
        }

        return round;
    }

    /// <summary>The first round of a document that is not stored yet.</summary>
    internal async ValueTask<HydrationStart> StartAsync(Document created, CancellationToken cancellationToken)
    {
        var round = await PlanAsync(created, RoundTrigger.Client, cancellationToken).ConfigureAwait(false);
        return new HydrationStart(round.Document, routing.NewJobs(round));
    }

    /// <summary>
    /// Makes a round happen. False when the document is another by now: its later change stands in the feed as well.
    /// </summary>
    internal async Task<bool> HoldAsync(Document planned, Round round, CancellationToken cancellationToken) =>
        await documents.ChangeAsync(
            DocumentKey.ById(planned.Company, planned.Id),
            stored => stored is not null && DocumentEquality.AreSame(stored, planned)
                ? Decide(round, true, [])
                : DocumentDecision.None(false),
            cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Takes an answer and holds the next round with it. An answer that nobody waits for only ends its jobs.
    /// </summary>
    /// <param name="job">What the answer is to.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="attempts">How many attempts it took.</param>
    /// <param name="document">The document as it was read lately, or null to read it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async ValueTask<HydrationAnswerResult> AnswerAsync(
        HydrationJob job,
        HydraterAnswer answer,
        int attempts,
        Document? document,
        CancellationToken cancellationToken)
    {
        var ended = routing.KeysOf(job);
        for (var preparation = 0; preparation < PreparationsMax; preparation++)
        {
            document ??= await documents.FindAsync(job.DocumentKey, cancellationToken).ConfigureAwait(false);
            var round = document is null
                ? null
                : await PrepareAsync(document, job, answer, attempts, cancellationToken).ConfigureAwait(false);
            if (round is null)
            {
                break;
            }

            var planned = document!;
            var isTaken = await documents.ChangeAsync(
                job.DocumentKey,
                stored => stored is not null && DocumentEquality.AreSame(stored, planned)
                    ? Decide(round, true, ended, planned)
                    : DocumentDecision.None(false),
                cancellationToken).ConfigureAwait(false);
            if (isTaken)
            {
                await MeasureAsync(planned, job, answer, cancellationToken).ConfigureAwait(false);
                return HydrationAnswerResult.Accepted;
            }

            document = null;
        }

        var rerunOn = await RerunOnAsync(job, cancellationToken).ConfigureAwait(false);
        return await MergeAsync(job, answer, attempts, ended, rerunOn, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the document that a job is about, if the job is current, and ends the job.</summary>
    internal async ValueTask DeleteAsync(HydrationJob job, CancellationToken cancellationToken)
    {
        var ended = routing.KeysOf(job);
        await documents.ChangeAsync(
            job.DocumentKey,
            stored => (stored is not null && IsCurrent(stored, job)
                ? DocumentDecision.Delete(true) with { NewJobs = ChildJobs.After(stored, null) }
                : DocumentDecision.None(false)) with
            {
                EndedJobs = ended,
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>True while the document waits for this very hydrater.</summary>
    internal static bool IsCurrent(Document document, HydrationJob job) =>
        document.Hydration.Generation == job.Generation
        && document.Hydration.Runs.Any(r => r.Url == job.Url && r.State == HydraterRunState.Hydrating);

    private async ValueTask<Round?> PrepareAsync(
        Document document,
        HydrationJob job,
        HydraterAnswer answer,
        int attempts,
        CancellationToken cancellationToken)
    {
        var rerunOn = await RerunOnAsync(job, cancellationToken).ConfigureAwait(false);
        var answered = AnswerMerge.Apply(
            document, job.Generation, job.Url, answer, attempts, timeProvider.GetUtcNow(), rerunOn, options.Value.ProtectClientEdits);
        if (answered is null)
        {
            return null;
        }

        // A client's change that was not judged yet must not be taken for the hydrater's.
        var isJudged = !answered.Hydration.IsHydrating || RoundPlanner.IsSeen(document);
        var trigger = isJudged ? RoundTrigger.Answer : RoundTrigger.Client;
        return await PlanAsync(answered, trigger, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The answer alone, for a document that does not hold still or that nobody waits for; the feed brings the round after it.
    /// </summary>
    private ValueTask<HydrationAnswerResult> MergeAsync(
        HydrationJob job,
        HydraterAnswer answer,
        int attempts,
        IReadOnlyList<JobKey> ended,
        IReadOnlyList<string> rerunOn,
        CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        return documents.ChangeAsync(
            job.DocumentKey,
            stored =>
            {
                var answered = stored is null
                    ? null
                    : AnswerMerge.Apply(stored, job.Generation, job.Url, answer, attempts, now, rerunOn, options.Value.ProtectClientEdits);
                var decision = answered is null
                    ? DocumentDecision.None(HydrationAnswerResult.Gone)
                    : DocumentDecision.Put(answered, HydrationAnswerResult.Accepted) with { NewJobs = ChildJobs.After(stored!, answered) };
                return decision with { EndedJobs = ended };
            },
            cancellationToken);
    }

    private async ValueTask MeasureAsync(Document document, HydrationJob job, HydraterAnswer answer, CancellationToken cancellationToken)
    {
        if (routing.IsElsewhere(job.Url)
            && (await stacks.GetAsync(job.Company, cancellationToken).ConfigureAwait(false)).Find(job.Url) is { } enabled
            && document.Hydration.Runs.FirstOrDefault(run => run.Url == job.Url) is { } run)
        {
            meter.Record(enabled.Hydrater, answer.Error is not null, timeProvider.GetUtcNow() - run.DispatchedAt);
        }
    }

    private async ValueTask<IReadOnlyList<string>> RerunOnAsync(HydrationJob job, CancellationToken cancellationToken) =>
        (await stacks.GetAsync(job.Company, cancellationToken).ConfigureAwait(false)).Find(job.Url)?.Hydrater.RerunOn ?? [];

    /// <summary>A round happens, and with it what the children of a document follow that an answer changed.</summary>
    private DocumentDecision<bool> Decide(Round round, bool result, IReadOnlyList<JobKey> ended, Document? before = null) =>
        DocumentDecision.Put(round.Document, result) with
        {
            NewJobs = before is not null && ChildJobs.After(before, round.Document) is { Count: > 0 } children
                ? [.. children, .. routing.NewJobs(round)]
                : routing.NewJobs(round),
            EndedJobs = [.. ended, .. routing.EndedJobs(round)],
        };
}
