using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Hydration;
using AnyFetch.Hydration.Dispatch;
using AnyFetch.Hydration.Workers;

namespace AnyFetch.Hydration.Tasks;

/// <summary>
/// The access tokens that hydraters get with their tasks (hydration.md §8). One is worth what its task is: it names the
/// document, the generation and the hydrater, so it ends by itself when the answer is taken, and nothing is stored.
/// </summary>
internal sealed class TaskTokens(
    TaskSigner signer,
    IDocumentStore documents,
    HydraterCatalog catalog,
    HydraterConsents consents,
    TimeProvider timeProvider)
{
    /// <summary>For how long a token is good at most, in hours.</summary>
    internal const int Hours = 1;

    /// <summary>A new token for a task, or an empty text for a hydrater that may not act on other documents.</summary>
    internal async ValueTask<string> NewAsync(HydrationJob job, CancellationToken cancellationToken)
    {
        var hydraters = await catalog.GetAsync(cancellationToken).ConfigureAwait(false);
        if (hydraters.Find(job.Url) is not { } hydrater
            || await TrustInAsync(hydrater, job.Company, cancellationToken).ConfigureAwait(false) is null)
        {
            return "";
        }

        var name = new TaskName(job.Company, job.Document, job.Generation, hydrater.Id);
        return await signer.SignTokenAsync(name, timeProvider.GetUtcNow().AddHours(Hours), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>What a token stands for now, or null.</summary>
    internal async ValueTask<TaskGrant?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        if (await signer.ReadTokenAsync(secret, timeProvider.GetUtcNow(), cancellationToken).ConfigureAwait(false)
            is not { } name)
        {
            return null;
        }

        var hydraters = await catalog.GetAsync(cancellationToken).ConfigureAwait(false);
        if (hydraters.Find(name.Hydrater) is not { } hydrater
            || await TrustInAsync(hydrater, name.Company, cancellationToken).ConfigureAwait(false) is not { } isTrusted)
        {
            return null;
        }

        var job = new HydrationJob(name.Company, name.Document, name.Generation, hydrater.Url);
        var document = await documents.FindAsync(job.DocumentKey, cancellationToken).ConfigureAwait(false);
        return document is not null && HydrationEngine.IsCurrent(document, job)
            ? new TaskGrant(document.Provider, isTrusted)
            : null;
    }

    /// <summary>True for the platform's own hydraters, false for others that the company lets in, null for the rest.</summary>
    private async ValueTask<bool?> TrustInAsync(Hydrater hydrater, CompanyId company, CancellationToken cancellationToken)
    {
        if (hydrater.Owner is null)
        {
            return true;
        }

        return await consents.IsGivenAsync(company, cancellationToken).ConfigureAwait(false) ? false : null;
    }
}
