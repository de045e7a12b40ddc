using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Queue;
using AnyFetch.Hydration.Workers;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydration.Children;

/// <summary>
/// Makes documents that hydraters made follow the one that they were made of (<see cref="ChildJobs"/>): who may see it sees
/// them, they are called after it, and they end with it. Children of children follow by jobs of their own.
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
        else if (ChildJobs.Read(job) is { } change)
        {
            isOver = await FollowAsync(job.Key.Company, change, cancellationToken).ConfigureAwait(false);
        }

        if (isOver)
        {
            await queue.CompleteAsync(job, cancellationToken).ConfigureAwait(false);
            return;
        }

        await queue.ReleaseAsync(job, timeProvider.GetUtcNow() + s_lookAgain, countsAsAttempt: false, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Gives the children the parent's users and name. False when more of them may come that know the former ones.</summary>
    private async Task<bool> FollowAsync(CompanyId company, ChildJob job, CancellationToken cancellationToken)
    {
        var key = DocumentKey.ById(company, job.Id);
        var parent = await documents.FindAsync(key, cancellationToken).ConfigureAwait(false);
        while (parent is not null)
        {
            var move = new ChildMove(job.Parent, job.Path, parent);
            foreach (var child in ChildJobs.ChildrenOf(parent))
            {
                await FollowAsync(move, child, cancellationToken).ConfigureAwait(false);
            }

            // Another job may have been here meanwhile, with newer users: who comes last has seen the last of them.
            var now = await RenameChildrenAsync(key, move, cancellationToken).ConfigureAwait(false);
            if (now is null || (ChildJobs.HaveSameUsers(parent, now) && parent.Identifier == now.Identifier))
            {
                return now is not { Hydration.IsHydrating: true };
            }

            parent = now;
        }

        return true;
    }

    private async ValueTask FollowAsync(ChildMove move, Identifier child, CancellationToken cancellationToken)
    {
        var (company, provider) = (move.Parent.Company, move.Parent.Provider);
        var isTaken = await documents.ChangeAsync(
            DocumentKey.ByIdentifier(company, provider, child),
            stored =>
            {
                if (stored is null || !ChildJobs.IsChild(stored))
                {
                    return DocumentDecision.None(false);
                }

                var followed = move.Apply(stored);
                followed = ChildJobs.HaveSameUsers(followed, move.Parent) ? followed : followed with { UserAccess = move.Parent.UserAccess };
                return ReferenceEquals(followed, stored) ? DocumentDecision.None(false) : Put(stored, followed);
            },
            cancellationToken).ConfigureAwait(false);
        if (isTaken)
        {
            // A hydrater made it anew under the parent's new name.
            await DeleteAsync(company, provider, child, cancellationToken).ConfigureAwait(false);
        }
    }

    private static DocumentDecision<bool> Put(Document before, Document after) => DocumentDecision.Put(after, false) with
    {
        NewJobs = ChildJobs.After(before, after),
        IdentifierTaken = static () => true,
    };

    /// <summary>The parent, which tells what its children are called now; null when it is gone.</summary>
    private ValueTask<Document?> RenameChildrenAsync(DocumentKey parent, ChildMove move, CancellationToken cancellationToken) =>
        documents.ChangeAsync(
            parent,
            stored =>
            {
                var renamed = stored is null || stored.Identifier != move.Parent.Identifier ? stored : move.ApplyToParent(stored);
                return ReferenceEquals(renamed, stored) ? DocumentDecision.None(stored) : DocumentDecision.Put(renamed!, renamed);
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

            await DeleteAsync(company, job.Provider, orphan, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task DeleteAsync(CompanyId company, AccessTokenId provider, Identifier child, CancellationToken cancellationToken) =>
        await documents.ChangeAsync(
            DocumentKey.ByIdentifier(company, provider, child),
            stored => stored is not null && ChildJobs.IsChild(stored)
                ? DocumentDecision.Delete(true) with { NewJobs = ChildJobs.After(stored, null) }
                : DocumentDecision.None(false),
            cancellationToken).ConfigureAwait(false);
}
