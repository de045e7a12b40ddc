using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Children;
using AnyFetch.Hydrater.Filters;

namespace AnyFetch.Hydraters.Archive;

/// <summary>Makes documents of the files in archives: zip, tar, tar.gz, and single files behind gzip (hydration.md §8 and §10).</summary>
public sealed class ArchiveHydrater : IHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "archive";

    /// <summary>Paths whose name has no extension: the content was looked at before, by plaintext.</summary>
    private const string WithoutExtension = @"(^|[/\\])[^./\\]+$";

    private readonly ArchiveHydraterOptions _options;
    private readonly JunkNames _junk;

    /// <summary>Creates the hydrater.</summary>
    /// <param name="options">How far archives are unpacked.</param>
    /// <param name="junk">The files that are left in archives of companies that do not say otherwise. Null for the default names.</param>
    public ArchiveHydrater(ArchiveHydraterOptions options, JunkNames? junk = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _junk = junk ?? JunkNames.Default;
        Descriptor = new HydraterDescriptor
        {
            ShortName = ShortName,
            Description = "Makes documents of the files in archives.",
            Filters =
            [
                FilterBuilder.ForType("file").WithExtension("zip", "tar", "tgz", "taz", "gz").WithFile().Build(),
                .. ArchiveKinds.ContentTypes.SelectMany(FiltersOf),
            ],
            Priority = 10,
            Excludes = [Plaintext.PlaintextHydrater.ShortName],
            Concurrency = options.Concurrency,
            TimeoutSeconds = options.TimeoutSeconds,
        };
    }

    /// <inheritdoc />
    public HydraterDescriptor Descriptor { get; }

    /// <inheritdoc />
    public async Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Children.Nesting >= ChildDocuments.NestingMax)
        {
            throw new HydrationException($"The archive is nested deeper than {ChildDocuments.NestingMax} levels.");
        }

        var file = context.RequireFile();
        var share = ArchiveShare.Of(context.Document, _options);
        var members = await ReadAsync(context, share, context.Document.Company.JunkOr(_junk), cancellationToken).ConfigureAwait(false);
        if (context.HasCore)
        {
            // Nothing is made of an archive before all of it was expanded within its limits.
            await context.Children.AddAllAsync(Drafts(context.Document, members, share), cancellationToken).ConfigureAwait(false);
            await context.Children.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        ArchiveWriter.Write(members, file.Content.ContentType, context.Changes);
        return HydrationResult.Changed(context.Changes);
    }

    private static async Task<List<ArchiveMember>> ReadAsync(
        HydrationContext context, ArchiveShare share, JunkNames junk, CancellationToken cancellationToken)
    {
        try
        {
            return await ArchiveReader.ReadAsync(context, share, junk, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new HydrationException("The archive is damaged.", error);
        }
    }

    private static IEnumerable<ChildDraft> Drafts(HydrationDocument archive, List<ArchiveMember> members, ArchiveShare share)
    {
        var shares = share.SplitAmong(members);
        foreach (var member in members.Where(m => m.File is not null))
        {
            yield return new ChildDraft
            {
                Name = member.Name,
                File = member.File,
                Metadata = new JsonObject { ["path"] = $"/{archive.SourcePath.Trim('/', '\\')}/{member.Name}".Replace("//", "/", StringComparison.Ordinal) },
                Data = shares.TryGetValue(member, out var nested) ? nested.ToData() : [],
                CreationDate = member.ModifiedAt,
                ModificationDate = member.ModifiedAt,
            };
        }
    }

    /// <summary>
    /// Documents that plaintext found to be archives. Programs and packages are zip archives too (jar, apk, whl): nobody
    /// looks for what is in them, so a name with another extension keeps the file closed.
    /// </summary>
    private static HydraterFilter[] FiltersOf(string contentType) =>
    [
        FilterBuilder.ForType("file").WithContentType(contentType).WithPath(WithoutExtension).WithFile().Build(),
        FilterBuilder.ForType("file").WithContentType(contentType).WithoutMetadata("path").WithFile().Build(),
    ];
}
