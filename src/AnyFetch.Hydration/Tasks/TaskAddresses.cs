using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydraters;
using AnyFetch.Hydration.Workers;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydration.Tasks;

/// <summary>Makes the two URLs of a task, and finds out what a URL is about.</summary>
internal sealed class TaskAddresses(TaskSigner signer, HydraterCatalog catalog, IOptions<HydrationOptions> options)
{
    private readonly string _root = $"{options.Value.BaseUrl.TrimEnd('/')}/hydration/tasks/";

    /// <summary>The URL for the answer, and that of the file if the document has one.</summary>
    internal async ValueTask<(string Callback, string? FileUrl)> OfAsync(
        Document document,
        HydrationJob job,
        CancellationToken cancellationToken)
    {
        var hydraters = await catalog.GetAsync(cancellationToken).ConfigureAwait(false);
        var id = hydraters.Find(job.Url)?.Id ?? default;
        var name = new TaskName(job.Company, job.Document, job.Generation, id);
        var task = await signer.SignAsync(name, cancellationToken).ConfigureAwait(false);
        return (_root + task, document.File is null ? null : FileUrl(task));
    }

    /// <summary>What a task is about; null when it was not signed here or its hydrater is gone.</summary>
    internal async ValueTask<HydrationJob?> ReadAsync(string task, CancellationToken cancellationToken)
    {
        if (await signer.ReadAsync(task, cancellationToken).ConfigureAwait(false) is not { } name)
        {
            return null;
        }

        var hydraters = await catalog.GetAsync(cancellationToken).ConfigureAwait(false);
        return hydraters.Find(name.Hydrater) is { } hydrater
            ? new HydrationJob(name.Company, name.Document, name.Generation, hydrater.Url)
            : null;
    }

    internal string FileUrl(string task) => $"{_root}{task}/file";
}
