using System.Globalization;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Filters;
using AnyFetch.Hydrater.Tools;
using AnyFetch.Hydraters.Pdf;
using AnyFetch.Hydraters.Plaintext;

namespace AnyFetch.Hydraters.Office;

/// <summary>
/// Shows office documents as they are laid out, page by page (hydraters.md §4). The text that people search stays plaintext's.
/// </summary>
public sealed class OfficeHydrater : IHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "office";

    private readonly OfficeHydraterOptions _options;

    /// <summary>Creates the hydrater.</summary>
    public OfficeHydrater(OfficeHydraterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Descriptor = new HydraterDescriptor
        {
            ShortName = ShortName,
            Description = "Draws the pages of office documents.",
            Filters =
            [
                Filter().WithExtension(OfficeFormat.Extensions).Build(),
                Filter().With("data", "content_type", OfficeFormat.ContentTypes).Build(),
            ],
            NeedsIsolation = false,
            IsBackground = true,
            Concurrency = options.Concurrency,
            TimeoutSeconds = options.TimeoutSeconds,
            Unavailable = static () => ToolFinder.Missing([LibreOffice.Program, .. PdfPages.Programs]),
        };
    }

    /// <inheritdoc />
    public HydraterDescriptor Descriptor { get; }

    /// <inheritdoc />
    public async Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var extension = OfficeFormat.Find(context.Document.Extension, context.Document.DataText("content_type"))
            ?? throw new HydrationException("Unknown file extension or content type");
        RefuseOthers(context.RequireFile(), extension);
        var pdf = await ConvertAsync(context, extension, cancellationToken).ConfigureAwait(false);
        var pages = new PdfPages(context, pdf, _options.Drawing);
        var info = await pages.ReadInfoAsync(cancellationToken).ConfigureAwait(false);
        var changes = context.Changes;
        changes.Html = await pages.DrawAsync(cancellationToken).ConfigureAwait(false);
        if (info.Pages > _options.PagesMax)
        {
            changes.Truncated = true;
        }
        else
        {
            changes.Metadata["pages"] = info.Pages;
        }

        return HydrationResult.Changed(changes);
    }

    /// <summary>
    /// One page more than is shown tells whether there are more; a sheet may have thousands that nobody needs. LibreOffice exports
    /// sheets and slides under the same name as texts.
    /// </summary>
    private Task<string> ConvertAsync(HydrationContext context, string extension, CancellationToken cancellationToken)
    {
        var target = string.Create(
            CultureInfo.InvariantCulture,
            $$$"""pdf:writer_pdf_Export:{"PageRange":{"type":"string","value":"1-{{{_options.PagesMax + 1}}}"}}""");
        var options = new LibreOfficeOptions
        {
            ConversionSeconds = _options.ConversionSeconds,
            MemoryBytesMax = _options.ToolMemoryBytesMax,
            FileBytesMax = _options.FileBytesMax,
            IsBackground = true,
        };
        return new LibreOffice(context, options).ConvertAsync(extension, target, cancellationToken);
    }

    /// <summary>LibreOffice takes any bytes for a text: what is neither an office document nor text would show as noise.</summary>
    private static void RefuseOthers(HydrationFile file, string extension)
    {
        var content = file.Content;
        if (content.ContentType == "application/x-ole-encrypted")
        {
            throw new HydrationException("The document is protected by encryption: it cannot be shown without the password.");
        }

        var isOffice = content.IsText || OfficeFormat.ByType(content.ContentType) is not null
            || (extension == "key" && content.ContentType == "application/zip");
        if (file.Length == 0 || !isOffice)
        {
            throw new HydrationException("The file is damaged: its content is no office document.");
        }
    }

    private static FilterBuilder Filter() =>
        FilterBuilder.ForType("document").AfterHydrater(PlaintextHydrater.ShortName).WithFile();
}
