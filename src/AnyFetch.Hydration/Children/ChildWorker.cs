using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Queue;
using AnyFetch.Hydration.Workers;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydration.Children;

/// <summary>
/// Makes documents that hydraters made follow the one that they were made of (<see cref="ChildJobs"/>): who may see it sees
/// them, and they end with it. Children of children follow by jobs of their own.
/// </summary>
internal sealed class ChildWorker(
    IWorkQueue queue, IDocumentStore documents, IOptions<HydrationOptions> options, TimeProvider timeProvider)
{
    private const int HeldMax = 4;

    /// <summary>While hydraters are at work on the parent, more children may come that know its former users.</summary>
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromSeconds(2);

    internal JobPumpSettings Pump => new(
        ChildJobs.Queue,
        TimeSpan.FromSeconds(options.Value.LeaseSeconds),
        static () => HeldMax,
        HandleAsync);

    private async Task HandleAsync(Job job, CancellationToken cancellationToken)
    {
        var isOver = true;
        if (ChildJobs.Read(job) is { Orphans.Count: > 0 } end)
        {
            await DeleteAsync(job.Key.Company, end, cancellationToken).ConfigureAwait(false);
        }
        else if (ChildJobs.Read(job) is { } access)
        {
            isOver = await ShareAsync(DocumentKey.ById(job.Key.Company, access.Id), cancellationToken).ConfigureAwait(false);
        }

        if (isOver)
        {
            await queue.CompleteAsync(job, cancellationToken).ConfigureAwait(false);
            return;
        }

        await queue.ReleaseAsync(job, timeProvider.GetUtcNow() + s_lookAgain, countsAsAttempt: false, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Gives the children the parent's users. False when more children may come that were made for former ones.</summary>
    private async Task<bool> ShareAsync(DocumentKey key, CancellationToken cancellationToken)
    {
        var parent = await documents.FindAsync(key, cancellationToken).ConfigureAwait(false);
        while (parent is not null)
        {
            foreach (var child in ChildJobs.ChildrenOf(parent))
            {
                await ShareAsync(parent, child, cancellationToken).ConfigureAwait(false);
            }

            // Another job may have been here meanwhile, with newer users: who comes last has seen the last of them.
            var now = await documents.FindAsync(key, cancellationToken).ConfigureAwait(false);
            if (now is null || ChildJobs.HaveSameUsers(parent, now))
            {
                return now is not { Hydration.IsHydrating: true };
            }

            parent = now;
        }

        return true;
    }

    private ValueTask<bool> ShareAsync(Document parent, Identifier child, CancellationToken cancellationToken) =>
        documents.ChangeAsync(
            DocumentKey.ByIdentifier(parent.Company, parent.Provider, child),
            stored =>
            {
                if (stored is null || !ChildJobs.IsChild(stored) || ChildJobs.HaveSameUsers(stored, parent))
                {
                    return DocumentDecision.None(false);
                }

                var changed = stored with { UserAccess = parent.UserAccess };
                return DocumentDecision.Put(changed, true) with { NewJobs = ChildJobs.After(stored, changed) };
            },
            cancellationToken);

    private async Task DeleteAsync(CompanyId company, ChildJob job, CancellationToken cancellationToken)
    {
        foreach (var orphan in options.Value.KeepOrphans ? [] : job.Orphans)
        {
            // A parent that came back makes its children again, under the same identifiers.
            var parent = DocumentKey.ByIdentifier(company, job.Provider, job.Parent);
            if (await documents.FindAsync(parent, cancellationToken).ConfigureAwait(false) is not null)
            {
                return;
            }

            await documents.ChangeAsync(
                DocumentKey.ByIdentifier(company, job.Provider, orphan),
                stored => stored is not null && ChildJobs.IsChild(stored)
                    ? DocumentDecision.Delete(true) with { NewJobs = ChildJobs.After(stored, null) }
                    : DocumentDecision.None(false),
                cancellationToken).ConfigureAwait(false);
        }
    }
}
