using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Filters;
using AnyFetch.Hydrater.Tools;
using AnyFetch.Hydraters.Plaintext;

namespace AnyFetch.Hydraters.Pdf;

/// <summary>Draws the pages of a PDF for display (hydraters.md §3). The text that people search stays plaintext's.</summary>
public sealed class PdfHydrater : IHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "pdf";

    private readonly PdfHydraterOptions _options;

    /// <summary>Creates the hydrater.</summary>
    public PdfHydrater(PdfHydraterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Descriptor = new HydraterDescriptor
        {
            ShortName = ShortName,
            Description = "Draws the pages of PDF documents.",
            Filters =
            [
                Filter().WithExtension("pdf").Build(),
                Filter().WithContentType("application/pdf").Build(),
            ],
            NeedsIsolation = false,
            IsBackground = true,
            Concurrency = options.Concurrency,
            TimeoutSeconds = options.TimeoutSeconds,
            Unavailable = static () => ToolFinder.Missing(PdfPages.Programs),
        };
    }

    /// <inheritdoc />
    public HydraterDescriptor Descriptor { get; }

    /// <inheritdoc />
    public async Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var file = context.RequireFile();
        if (file.Content.ContentType != "application/pdf")
        {
            throw new HydrationException("The file is not a PDF.");
        }

        var pages = new PdfPages(context, file.Path, _options);
        var info = await pages.ReadInfoAsync(cancellationToken).ConfigureAwait(false);
        var changes = context.Changes;
        changes.Html = await pages.DrawAsync(cancellationToken).ConfigureAwait(false);
        changes.Metadata["pages"] = info.Pages;
        if (info.Pages > _options.PagesMax)
        {
            changes.Truncated = true;
        }

        if (DocumentInfo.CleanTitle(info.Title) is { } title && !context.Document.HasMetadata("title"))
        {
            changes.Metadata["title"] = title;
        }

        if (DocumentInfo.Clean(info.Author) is { } author && !context.Document.HasMetadata("author"))
        {
            changes.Metadata["author"] = author;
        }

        return HydrationResult.Changed(changes);
    }

    private static FilterBuilder Filter() =>
        FilterBuilder.ForType("document").AfterHydrater(PlaintextHydrater.ShortName).WithFile();
}
