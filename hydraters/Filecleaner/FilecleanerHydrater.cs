using AnyFetch.Client;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Filters;

namespace AnyFetch.Hydraters.Filecleaner;

/// <summary>Deletes the documents of files that nobody looks for: logs, locks, temporary and system files (hydraters.md §15).</summary>
public sealed class FilecleanerHydrater : IHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "filecleaner";

    private readonly JunkNames _junk;
    private readonly bool _keepsJunk;

    /// <summary>Creates the hydrater.</summary>
    public FilecleanerHydrater(FilecleanerHydraterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _keepsJunk = options.KeepsJunk;
        _junk = options.Junk;
        Descriptor = new HydraterDescriptor
        {
            ShortName = ShortName,
            Description = _keepsJunk ? "Leaves logs, locks and temporary files unread." : "Removes logs, locks and temporary files.",
            Filters = FiltersOf(_junk),
            CompanyFilters = company => company.JunkOr(_junk) is var junk && junk != _junk ? FiltersOf(junk) : null,
            Excludes = _keepsJunk ? [.. BuiltInHydraters.All.Select(h => h.ShortName).Where(name => name != ShortName)] : [],
            Priority = 100,
            NeedsIsolation = false,
            NeedsFile = false,
            Concurrency = options.Concurrency,
        };
    }

    /// <inheritdoc />
    public HydraterDescriptor Descriptor { get; }

    /// <inheritdoc />
    public async Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);

        // The filter asked this before; deleting is worth asking twice.
        if (_keepsJunk || context.Document.DocumentType != "file" || !context.Document.Company.JunkOr(_junk).MatchesFile(context.Document.SourcePath))
        {
            return HydrationResult.Nothing;
        }

        await context.DeleteDocumentAsync(cancellationToken).ConfigureAwait(false);
        return HydrationResult.Deleted;
    }

    private static HydraterFilter[] FiltersOf(JunkNames junk) =>
        [.. junk.Patterns.Select(pattern => FilterBuilder.ForType("file").WithPath(pattern).Build())];
}
