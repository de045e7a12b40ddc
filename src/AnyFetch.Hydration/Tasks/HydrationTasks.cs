using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Hydration;
using AnyFetch.Hydration.Answers;
using AnyFetch.Hydration.Dispatch;
using AnyFetch.Hydration.Filters;
using AnyFetch.Hydration.Rounds;
using AnyFetch.Hydration.Workers;

namespace AnyFetch.Hydration.Tasks;

/// <inheritdoc/>
internal sealed class HydrationTasks(
    IDocumentStore documents,
    TaskAddresses addresses,
    TaskTokens tokens,
    HydrationEngine engine,
    HydraterStacks stacks,
    JobRouting routing,
    ChangeResolver resolver,
    DocumentTypeCatalog types,
    AnswerCleaner cleaner) : IHydration
{
    public async ValueTask<Document?> FindTaskAsync(string task, CancellationToken cancellationToken)
    {
        if (await addresses.ReadAsync(task, cancellationToken).ConfigureAwait(false) is not { } job)
        {
            return null;
        }

        var document = await documents.FindAsync(job.DocumentKey, cancellationToken).ConfigureAwait(false);
        return document?.File is not null && HydrationEngine.IsCurrent(document, job) ? document : null;
    }

    public async ValueTask<HydrationAnswerOutcome> AnswerAsync(
        string task,
        DocumentBodyResult read,
        CancellationToken cancellationToken)
    {
        if (await addresses.ReadAsync(task, cancellationToken).ConfigureAwait(false) is not { } job)
        {
            return new HydrationAnswerOutcome(HydrationAnswerResult.Gone, null);
        }

        var resolved = read.Body is { } body
            ? await resolver.ResolveAsync(body, job.Company, cancellationToken).ConfigureAwait(false)
            : new DocumentChangeResult(null, read.Error);
        var answer = resolved.Change is { } change
            ? new HydraterAnswer(change, FailureOf(read.Body!))
            : new HydraterAnswer(new DocumentChange(), resolved.Error!.Message);
        var cleaned = new HydraterAnswer(
            cleaner.Clean(answer.Change),
            answer.Error?.Replace(addresses.FileUrl(task), "{file_path}", StringComparison.Ordinal));
        var result = await engine.AnswerAsync(job, cleaned, 1, null, cancellationToken).ConfigureAwait(false);
        return new HydrationAnswerOutcome(result, resolved.Error);
    }

    public ValueTask<TaskGrant?> FindGrantAsync(string secret, CancellationToken cancellationToken) =>
        tokens.FindAsync(secret, cancellationToken);

    public ValueTask<HydrateAgainResult> HydrateAgainAsync(
        DocumentKey key,
        IReadOnlyList<string>? urls,
        CancellationToken cancellationToken) => HydrateAgainAsync(key, urls, bulkRun: null, cancellationToken);

    internal async ValueTask<HydrateAgainResult> HydrateAgainAsync(
        DocumentKey key,
        IReadOnlyList<string>? urls,
        string? bulkRun,
        CancellationToken cancellationToken)
    {
        var stack = await stacks.GetAsync(key.Company, cancellationToken).ConfigureAwait(false);
        if (urls is not null && urls.Any(url => stack.Find(url) is null))
        {
            return HydrateAgainResult.UnknownHydrater;
        }

        return await documents.ChangeAsync(
            key, stored => Decide(stored, stack, urls, bulkRun), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<HydraterMatch>> MatchAsync(Document document, CancellationToken cancellationToken)
    {
        var stack = await stacks.GetAsync(document.Company, cancellationToken).ConfigureAwait(false);
        var type = (await types.GetAsync(cancellationToken).ConfigureAwait(false)).Find(document.Type);
        var matches = new List<HydraterMatch>();
        foreach (var hydrater in stack.For(hasFile: true))
        {
            matches.Add(new HydraterMatch(hydrater.Hydrater, hydrater.Filters.Explain(document, type)));
        }

        return matches;
    }

    public IReadOnlyList<string> ListUnavailable() =>
        [.. routing.InProcess
            .Where(h => h.Unavailable is not null)
            .OrderBy(h => h.ShortName, StringComparer.Ordinal)
            .Select(h => $"Hydrater {h.ShortName} is off: {h.Unavailable}")];

    /// <inheritdoc/>
    public string? FindFilterFault(string filters)
    {
        FilterSet.Parse(filters, out var error);
        return error;
    }

    private static string? FailureOf(DocumentBody body) => body.HydrationErrored ? body.HydrationError ?? "" : null;

    /// <summary>Only begins a new generation; the round is held when the feed brings the change.</summary>
    private DocumentDecision<HydrateAgainResult> Decide(
        Document? stored,
        HydraterStack stack,
        IReadOnlyList<string>? urls,
        string? bulkRun)
    {
        if (stored is null)
        {
            return DocumentDecision.None(HydrateAgainResult.UnknownDocument);
        }

        bool NeedsMissingFile(string url) => stored.File is null && stack.Find(url) is { Filters.NeedsFile: true };
        if (urls is not null && urls.Any(NeedsMissingFile))
        {
            return DocumentDecision.None(HydrateAgainResult.FileMissing);
        }

        bool Keeps(HydraterRun run) => urls is null ? NeedsMissingFile(run.Url) : !urls.Contains(run.Url, StringComparer.Ordinal);
        var round = RoundPlanner.StartOver(stored, Keeps);
        var document = round.Document with { Hydration = round.Document.Hydration with { BulkRun = bulkRun } };
        return DocumentDecision.Put(document, HydrateAgainResult.Started) with
        {
            EndedJobs = [.. routing.EndedJobs(round)],
        };
    }
}
