using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Filters;
using AnyFetch.Hydrater.Tools;
using AnyFetch.Hydraters.Ocr;
using AnyFetch.Hydraters.Pdf;
using AnyFetch.Hydraters.Plaintext;

namespace AnyFetch.Hydraters.Pdfocr;

/// <summary>Recognises the text of scanned PDFs, which hold pictures of pages and no text (hydraters.md §5).</summary>
public sealed class PdfocrHydrater : IHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "pdfocr";

    private static readonly string[] s_programs = [PdfProbe.Program, PdfPicture.Program];

    private readonly PdfocrHydraterOptions _options;

    /// <summary>Creates the hydrater.</summary>
    public PdfocrHydrater(PdfocrHydraterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Descriptor = new HydraterDescriptor
        {
            ShortName = ShortName,
            Description = "Recognises the text of scanned PDFs.",
            Filters =
            [
                Filter().WithExtension("pdf").Build(),
                Filter().WithContentType("application/pdf").Build(),
            ],
            NeedsIsolation = false,
            IsBackground = true,
            Concurrency = options.Concurrency,
            TimeoutSeconds = options.TimeoutSeconds,
            Unavailable = () => ToolFinder.Missing(s_programs) ?? Tesseract.Missing(options.Languages),
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

        var limits = ToolLimits.Within(_options.PageTimeoutSeconds, _options.ToolMemoryBytesMax);
        var info = await PdfProbe.ReadAsync(context.Tools, file.Path, _options.PagesMax, limits, cancellationToken).ConfigureAwait(false);
        var texts = await ReadAsync(info, context, limits, cancellationToken).ConfigureAwait(false);
        if (texts.Count > 0 && texts.TrueForAll(text => text is null))
        {
            throw new HydrationException("No page of the PDF can be drawn and read.");
        }

        RecognisedText.Write(texts, isCut: texts.Count < info.Pages, context.Changes);
        return HydrationResult.Changed(context.Changes);
    }

    /// <summary>The texts of the pages, null for one that failed. It ends early rather than too late.</summary>
    private async Task<List<string?>> ReadAsync(
        PdfInfo info, HydrationContext context, ToolLimits limits, CancellationToken cancellationToken)
    {
        var picture = new PdfPicture(context, limits);
        var tesseract = Tesseract.For(context, _options.Languages, _options.ConfidenceMin, limits);
        var began = context.Time.GetTimestamp();
        var last = TimeSpan.FromSeconds(_options.TimeoutSeconds - 2 * _options.PageTimeoutSeconds);
        var texts = new List<string?>();
        while (texts.Count < Math.Min(info.Pages, _options.PagesMax) && context.Time.GetElapsedTime(began) <= last)
        {
            try
            {
                var page = texts.Count + 1;
                var path = await picture.DrawAsync(page, SideOf(info, page), cancellationToken).ConfigureAwait(false);
                texts.Add(await tesseract.ReadAsync(path, cancellationToken).ConfigureAwait(false));
                File.Delete(path);
            }
            catch (HydrationException)
            {
                // One bad page does not spoil the others.
                texts.Add(null);
            }
        }

        return texts;
    }

    /// <summary>Pixels of the longer side: letters need a resolution, posters would need gigabytes for it.</summary>
    private int SideOf(PdfInfo info, int page)
    {
        const double PointsPerInch = 72;
        var points = info.LongerSides.TryGetValue(page, out var side) ? side : 0;
        return (int)Math.Clamp(points / PointsPerInch * _options.DotsPerInch, _options.SidePixelsMin, _options.SidePixelsMax);
    }

    private static FilterBuilder Filter() => FilterBuilder.ForType("document").AfterHydrater(PlaintextHydrater.ShortName)
        .WithoutMetadata("text").WithFile();
}
