using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Queue;

namespace AnyFetch.Hydration.Workers;

/// <summary>What a hydration job is about; its name in the queue says it all.</summary>
/// <param name="Company">Whose document it is.</param>
/// <param name="Document">The document.</param>
/// <param name="Generation">The generation that was dispatched; a later one makes the job pointless.</param>
/// <param name="Url">The hydrater.</param>
internal sealed record HydrationJob(CompanyId Company, DocumentId Document, int Generation, string Url)
{
    internal string Name => string.Create(CultureInfo.InvariantCulture, $"{Document}/{Generation}/{Url}");

    internal DocumentKey DocumentKey => DocumentKey.ById(Company, Document);

    internal static bool TryParse(JobKey key, [NotNullWhen(true)] out HydrationJob? job)
    {
        job = null;
        var parts = key.Name.Split('/', 3);
        if (parts.Length != 3
            || !DocumentId.TryParse(parts[0], out var document)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var generation))
        {
            return false;
        }

        job = new HydrationJob(key.Company, document, generation, parts[2]);
        return true;
    }
}
