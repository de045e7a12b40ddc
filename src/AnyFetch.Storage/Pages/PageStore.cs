using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Pages;
using AnyFetch.Storage.Database;
using AnyFetch.Storage.Documents;

namespace AnyFetch.Storage.Pages;

/// <inheritdoc/>
internal sealed class PageStore(IDatabase database, DocumentStore documents) : IPageStore
{
    private static readonly Error s_otherPage = Error.InvalidArgument("Another page was sent with this 'key'.");

    private readonly string _lockSql = PageRows.FindStateSql + database.Dialect.ForUpdate;

    public ValueTask<PageOutcome> ApplyAsync(DocumentPage page, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Apply(session, page), page.Provider.GetHashCode(), cancellationToken);

    public async ValueTask<PageState> FindStateAsync(
        CompanyId company,
        AccessTokenId provider,
        CancellationToken cancellationToken)
    {
        var row = await database.QueryAsync(PageRows.FindStateSql, [provider], PageRows.ReadState, cancellationToken)
            .FirstAsync().ConfigureAwait(false);
        return row is not null && row.Company == company ? row.State : PageState.None;
    }

    public async ValueTask ForgetAsync(AccessTokenId provider, CancellationToken cancellationToken) =>
        await database.WriteAsync(session => PageRows.Forget(session, provider), cancellationToken).ConfigureAwait(false);

    private PageOutcome Apply(ISqlSession session, DocumentPage page)
    {
        var state = PageRows.Lock(session, page, _lockSql);
        if (PageRows.FindReceipt(session, page) is { } known)
        {
            return known.Digest.AsSpan().SequenceEqual(page.Digest.Span)
                ? new PageOutcome { Receipt = known.Receipt, IsReplay = true }
                : new PageOutcome { Error = s_otherPage };
        }

        // All is judged before anything is changed, so that a refused page costs those that share the transaction nothing.
        var decided = new Decided[page.Steps.Count];
        if (Decide(session, page, decided) is { } refusal)
        {
            return refusal;
        }

        var receipt = Make(session, page, decided);
        var next = new PageState(
            page.Checkpoint.HasValue ? page.Checkpoint.Value : state.Checkpoint,
            state.Pages + 1,
            page.SentAt,
            MergeFailures(state.Failures, page));
        PageRows.Save(session, page, next, receipt);
        return new PageOutcome { Receipt = receipt };
    }

    private PageOutcome? Decide(ISqlSession session, DocumentPage page, Decided[] decided)
    {
        var lines = new Dictionary<Identifier, int>(decided.Length);
        var storedLines = new Dictionary<DocumentId, int>(decided.Length);
        for (var index = 0; index < decided.Length; index++)
        {
            var step = page.Steps[index];
            var stored = documents.FindForUpdate(session, step.Key);
            var decision = step.Decide(stored);
            if (decision.Result is { } error)
            {
                return new PageOutcome { Error = error, Line = step.Line };
            }

            if ((step.Key.Id is null && !lines.TryAdd(step.Key.Identifier, step.Line))
                || (stored is not null && !storedLines.TryAdd(stored.Id, step.Line)))
            {
                return new PageOutcome
                {
                    Error = Error.InvalidArgument("The document is in the page already; send its last state alone."),
                    Line = step.Line,
                };
            }

            decided[index] = new Decided(stored, decision);
        }

        return null;
    }

    private PageReceipt Make(ISqlSession session, DocumentPage page, Decided[] decided)
    {
        var (created, updated, deleted, missing) = (0, 0, 0, 0);
        for (var index = 0; index < decided.Length; index++)
        {
            var (stored, decision) = decided[index];
            var step = page.Steps[index];
            if (!documents.TryApply(session, step.Key, stored, decision)
                && documents.Change(session, step.Key, step.Decide) is not null)
            {
                // Another node made the document meanwhile and the line may not change it: judge the page anew.
                throw new WriteConflictException();
            }

            created += decision.Effect == DocumentEffect.Put && stored is null ? 1 : 0;
            updated += decision.Effect == DocumentEffect.Put && stored is not null ? 1 : 0;
            deleted += decision.Effect == DocumentEffect.Delete ? 1 : 0;
            missing += decision.Effect == DocumentEffect.None && stored is null ? 1 : 0;
        }

        return new PageReceipt(created, updated, deleted, missing, page.Failures.Count);
    }

    // What arrives or goes away is no longer a failure; of the same item the last word counts.
    private static IReadOnlyList<PageFailure> MergeFailures(IReadOnlyList<PageFailure> stored, DocumentPage page)
    {
        if (stored.Count == 0 && page.Failures.Count == 0)
        {
            return stored;
        }

        var settled = page.Steps.Where(step => step.Key.Id is null).Select(step => step.Key.Identifier.Value)
            .Concat(page.Failures.Select(NameOf)).ToHashSet(StringComparer.Ordinal);
        return [.. stored.Where(failure => !settled.Contains(NameOf(failure))).Concat(page.Failures).TakeLast(IPageStore.FailuresMax)];
    }

    private static string NameOf(PageFailure failure) => failure.Identifier ?? "\0" + failure.Code;

    private readonly record struct Decided(Document? Stored, DocumentDecision<Error?> Decision);
}
