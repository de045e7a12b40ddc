using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Tools;
using AnyFetch.Hydraters.Image;

namespace AnyFetch.Hydraters.Ocr;

/// <summary>Recognises printed text in pictures (hydraters.md §6).</summary>
public sealed class OcrHydrater : IHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "ocr";

    /// <summary>Narrower pictures are enlarged to this width, since letters need about 20 pixels.</summary>
    private const double ReadWidthMin = 1000;

    private const double EnlargementMax = 4;

    /// <summary>Tesseract takes no picture with a longer side than 32,767 pixels.</summary>
    private const double SideMax = 20_000;

    private readonly OcrHydraterOptions _options;

    /// <summary>Creates the hydrater.</summary>
    public OcrHydrater(OcrHydraterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Descriptor = new HydraterDescriptor
        {
            ShortName = ShortName,
            Description = "Recognises printed text in pictures.",
            Filters = ImageFormats.PhotoFilters,
            Priority = 5,
            NeedsIsolation = false,
            IsBackground = true,
            Concurrency = options.Concurrency,
            TimeoutSeconds = options.TimeoutSeconds,
            Unavailable = () => ToolFinder.Missing(Vips.Programs) ?? Tesseract.Missing(options.Languages),
        };
    }

    /// <inheritdoc />
    public HydraterDescriptor Descriptor { get; }

    /// <inheritdoc />
    public async Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var limits = ToolLimits.Within(_options.TimeoutSeconds, _options.ToolMemoryBytesMax);
        var vips = new Vips(context, limits);
        var header = await vips.ReadHeaderAsync(_options.PixelsMax, cancellationToken).ConfigureAwait(false);
        var tesseract = Tesseract.For(context, _options.Languages, _options.ConfidenceMin, limits);
        var (width, height) = SizeFor(header);
        var pages = PagesOf(vips.ContentType, header);
        var text = new List<string>();
        for (var page = 0; page < Math.Min(pages, _options.PagesMax); page++)
        {
            var path = await vips.ToGreyAsync(page, width, height, cancellationToken).ConfigureAwait(false);
            text.Add(await tesseract.ReadAsync(path, cancellationToken).ConfigureAwait(false));
            File.Delete(path);
        }

        context.Changes.DocumentType = "image";
        RecognisedText.Write(text, isCut: pages > _options.PagesMax, context.Changes);
        return HydrationResult.Changed(context.Changes);
    }

    /// <summary>Animations and pictures with variants have frames, of which one is enough; only TIFF has pages.</summary>
    private static int PagesOf(string contentType, ImageHeader header) => contentType == "image/tiff" ? header.Pages : 1;

    private (int Width, int Height) SizeFor(ImageHeader header)
    {
        var scale = header.Pixels > _options.ReadPixelsMax ? Math.Sqrt((double)_options.ReadPixelsMax / header.Pixels)
            : Math.Clamp(ReadWidthMin / header.Width, 1, EnlargementMax);
        scale = Math.Min(scale, SideMax / Math.Max(header.Width, header.Height));
        return ((int)Math.Max(1, header.Width * scale), (int)Math.Max(1, header.Height * scale));
    }
}
