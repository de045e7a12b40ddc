using AnyFetch.Client;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Archives;
using AnyFetch.Hydrater.Sniffing;

namespace AnyFetch.Hydraters.Archive;

/// <summary>Expands the files of an archive into the task's folder, within the archive's limits.</summary>
internal static class ArchiveReader
{
    /// <summary>A gzipped file's name when the document has none.</summary>
    private const string UnnamedContent = "content";

    internal static async Task<List<ArchiveMember>> ReadAsync(
        HydrationContext context, ArchiveShare share, JunkNames junk, CancellationToken cancellationToken)
    {
        var members = new List<ArchiveMember>();
        foreach (var entry in Entries(context, share.Limits))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = MemberNames.Clean(entry.Path);
            if (name.Length == 0 || junk.MatchesFile(name))
            {
                // What would be deleted as soon as it was a document is left in the archive.
                continue;
            }

            if (members.Count == share.FilesMax)
            {
                throw new HydrationException($"The archive holds more than {share.FilesMax:N0} files.");
            }

            members.Add(await ExpandAsync(entry, name, context, share, cancellationToken).ConfigureAwait(false));
        }

        return members;
    }

    private static IEnumerable<ArchiveEntry> Entries(HydrationContext context, ArchiveLimits limits)
    {
        var file = context.RequireFile();
        switch (file.Content.ContentType)
        {
            case ArchiveKinds.Zip:
                return ZipEntries.Read(file.Path, limits);
            case ArchiveKinds.Gzip:
                return GzipEntries.Read(file, NameWithin(context.Document.SourcePath), limits);
            case ArchiveKinds.Tar:
            case SniffedContent.Unknown or "text/plain" when TarEntries.IsTar(file.OpenRead):
                return TarEntries.Read(() => new ArchiveBudget(file.Length, limits).Bound(file.OpenRead()));
            default:
                throw new HydrationException("The file is not an archive.");
        }
    }

    private static async Task<ArchiveMember> ExpandAsync(
        ArchiveEntry entry, string name, HydrationContext context, ArchiveShare share, CancellationToken cancellationToken)
    {
        if (entry.Open is null)
        {
            return new ArchiveMember(name, entry.ModifiedAt, null, entry.Problem, IsArchive: false);
        }

        try
        {
            var file = await context.Children.FileOfAsync(entry.Open(), share.Limits.ExpandedBytesMax, cancellationToken)
                .ConfigureAwait(false);
            var content = await file.Open(cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                var type = ContentSniffer.Sniff(((FileStream)content).Name, name).ContentType;
                return new ArchiveMember(name, entry.ModifiedAt, file, null, ArchiveKinds.IsArchive(type));
            }
        }
        catch (InvalidDataException)
        {
            // One bad file does not spoil the others.
            return new ArchiveMember(name, entry.ModifiedAt, null, "damaged, or packed in a way that is not known", IsArchive: false);
        }
    }

    /// <summary>What is in <c>report.csv.gz</c> is <c>report.csv</c>.</summary>
    private static string NameWithin(string path)
    {
        var name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        var dot = name.LastIndexOf('.');
        return dot > 0 ? name[..dot] : UnnamedContent;
    }
}
