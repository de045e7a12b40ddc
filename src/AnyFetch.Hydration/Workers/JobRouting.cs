using System.Collections.Frozen;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydraters;
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

    /// <summary>Files that are let go after some time; a job is due when the time is over.</summary>
    internal const string RetainedQueue = "retained-file";

    /// <summary>The rank of jobs of a run over many documents: behind the company's other ones.</summary>
    internal const int BulkPriority = -10;

    private const string InProcessPrefix = "hydrate-";

    private readonly FrozenDictionary<string, IInProcessHydrater> _inProcess =
        inProcess.ToFrozenDictionary(h => h.Url, StringComparer.Ordinal);

    internal IEnumerable<IInProcessHydrater> InProcess => _inProcess.Values;

    /// <summary>True for a hydrater of this process that cannot work on this machine: documents are not given to it.</summary>
    internal bool IsUnavailable(string url) => _inProcess.TryGetValue(url, out var hydrater) && hydrater.Unavailable is not null;

    /// <summary>True for a hydrater elsewhere, which is called and answers by callback.</summary>
    internal bool IsElsewhere(string url) => !_inProcess.ContainsKey(url);

    /// <summary>The filters of a hydrater for a company: the registered ones, unless one of this process knows better.</summary>
    internal string FiltersOf(Hydrater hydrater, CompanyHydration company) =>
        company != CompanyHydration.Unsaid && _inProcess.TryGetValue(hydrater.Url, out var known) && known.FiltersFor(company) is { } filters
            ? filters
            : hydrater.Filters;

    /// <summary>The hydrater of this URL when it runs in this process and may answer at once; null otherwise.</summary>
    internal IInProcessHydrater? FindImmediate(string url) =>
        _inProcess.TryGetValue(url, out var hydrater) && hydrater.AnswersAtOnce ? hydrater : null;

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
        var priority = document.Hydration.IsBulk ? BulkPriority : 0;
        var jobs = round.Dispatched.Select(h => new NewJob(
            KeyOf(new HydrationJob(document.Company, document.Id, document.Hydration.Generation, h.Url)), "{}")
        {
            Priority = priority,
        });
        return round.FileEndsAt is { } end ? [.. jobs, LetFileGo(document, end)] : [.. jobs];
    }

    /// <summary>The jobs that end because a round gives their runs up.</summary>
    internal IEnumerable<JobKey> EndedJobs(Round round) => round.Superseded.SelectMany(
        run => KeysOf(round.Document, round.SupersededGeneration, run));

    /// <summary>All places where the job of a run may be.</summary>
    internal IReadOnlyList<JobKey> KeysOf(HydrationJob job) => [KeyOf(job), DeadlineKey(job)];

    private static NewJob LetFileGo(Document document, DateTimeOffset at)
    {
        var about = new HydrationJob(document.Company, document.Id, document.Hydration.Generation, "file");
        return new NewJob(new JobKey(RetainedQueue, document.Company, about.Name), "{}") { RunAt = at };
    }

    private IReadOnlyList<JobKey> KeysOf(Document document, int generation, HydraterRun run) =>
        KeysOf(new HydrationJob(document.Company, document.Id, generation, run.Url));
}
