using System.Collections.Frozen;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Queue;
using AnyFetch.Hydration.Rounds;

namespace AnyFetch.Hydration.Workers;

/// <summary>
/// Which queue a hydrater's jobs wait in. Each in-process hydrater has its own, so that a slow one holds up nobody else; the
/// external ones share one for being called and one for being waited for.
/// </summary>
internal sealed class JobRouting(IEnumerable<IInProcessHydrater> inProcess)
{
    /// <summary>External hydraters to call.</summary>
    internal const string CallQueue = "hydrate";

    /// <summary>Answers that are waited for; a job is due when the time is out.</summary>
    internal const string DeadlineQueue = "hydrate-deadline";

    private const string InProcessPrefix = "hydrate-";

    private readonly FrozenDictionary<string, IInProcessHydrater> _inProcess =
        inProcess.ToFrozenDictionary(h => h.Url, StringComparer.Ordinal);

    internal IEnumerable<IInProcessHydrater> InProcess => _inProcess.Values;

    internal static string QueueOf(IInProcessHydrater hydrater) => InProcessPrefix + hydrater.ShortName;

    /// <summary>True for a queue that belongs to an in-process hydrater, of this version or of an earlier one.</summary>
    internal static bool IsInProcessQueue(string queue) =>
        queue.StartsWith(InProcessPrefix, StringComparison.Ordinal) && queue != DeadlineQueue;

    internal static JobKey DeadlineKey(HydrationJob job) => new(DeadlineQueue, job.Company, job.Name);

    internal JobKey KeyOf(HydrationJob job) => new(
        _inProcess.TryGetValue(job.Url, out var hydrater) ? QueueOf(hydrater) : CallQueue,
        job.Company,
        job.Name);

    /// <summary>The jobs that a round adds.</summary>
    internal IReadOnlyList<NewJob> NewJobs(Round round)
    {
        var document = round.Document;
        return [.. round.Dispatched.Select(h => new NewJob(
            KeyOf(new HydrationJob(document.Company, document.Id, document.Hydration.Generation, h.Url)), "{}"))];
    }

    /// <summary>The jobs that end because a round gives their runs up.</summary>
    internal IEnumerable<JobKey> EndedJobs(Round round) => round.Superseded.SelectMany(
        run => KeysOf(round.Document, round.SupersededGeneration, run));

    /// <summary>All places where the job of a run may be.</summary>
    internal IReadOnlyList<JobKey> KeysOf(HydrationJob job) => [KeyOf(job), DeadlineKey(job)];

    private IReadOnlyList<JobKey> KeysOf(Document document, int generation, HydraterRun run) =>
        KeysOf(new HydrationJob(document.Company, document.Id, generation, run.Url));
}
