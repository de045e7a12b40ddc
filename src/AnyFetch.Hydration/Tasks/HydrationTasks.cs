using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydration;
using AnyFetch.Filters;
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
    public ValueTask<HydrationStart> StartAsync(Document created, CancellationToken cancellationToken) =>
        engine.StartAsync(created, cancellationToken);

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

        var fromFormerType = urls is null || await NeedFormerTypeAsync(key, stack, urls, cancellationToken).ConfigureAwait(false);
        return await documents.ChangeAsync(
            key, stored => Decide(stored, stack, urls, bulkRun, fromFormerType), cancellationToken).ConfigureAwait(false);
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

    /// <inheritdoc/>
    public string? FindFilterFault(string filters)
    {
        FilterSet.Parse(filters, out var error);
        return error;
    }

    private static string? FailureOf(DocumentBody body) => body.HydrationErrored ? body.HydrationError ?? "" : null;

    /// <summary>
    /// The type that the document came with: what hydraters made of it would keep those from matching that read files.
    /// </summary>
    private static Document WithFormerType(Document document) => document.Hydration.TypeBefore is { } before
        ? document with { Type = before, Hydration = document.Hydration with { TypeBefore = null } }
        : document;

    /// <summary>
    /// True when one of the named hydraters only takes the document as it came. Found out beforehand, since filters can take
    /// long.
    /// </summary>
    private async ValueTask<bool> NeedFormerTypeAsync(
        DocumentKey key,
        HydraterStack stack,
        IReadOnlyList<string> urls,
        CancellationToken cancellationToken)
    {
        var stored = await documents.FindAsync(key, cancellationToken).ConfigureAwait(false);
        if (stored is not { File: not null, Hydration.TypeBefore: not null })
        {
            return false;
        }

        var known = await types.GetAsync(cancellationToken).ConfigureAwait(false);
        var now = RoundPlanner.StartOver(stored, run => !urls.Contains(run.Url, StringComparer.Ordinal)).Document;
        var former = WithFormerType(now);
        return urls.Select(stack.Find).OfType<EnabledHydrater>().Any(h =>
            !h.Filters.Matches(now, known.Find(now.Type)) && h.Filters.Matches(former, known.Find(former.Type)));
    }

    /// <summary>Only begins a new generation; the round is held when the feed brings the change.</summary>
    private DocumentDecision<HydrateAgainResult> Decide(
        Document? stored,
        HydraterStack stack,
        IReadOnlyList<string>? urls,
        string? bulkRun,
        bool fromFormerType)
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
        var next = fromFormerType && stored.File is not null ? WithFormerType(round.Document) : round.Document;
        var document = next with { Hydration = next.Hydration with { BulkRun = bulkRun } };
        return DocumentDecision.Put(document, HydrateAgainResult.Started) with
        {
            EndedJobs = [.. routing.EndedJobs(round)],
        };
    }
}
