using System.Globalization;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydraters.Image;

/// <summary>Makes the thumbnail and the preview of a picture (hydraters.md §7).</summary>
public sealed class ImageHydrater : IHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "image";

    private const int ThumbWidth = 350;
    private const int ThumbHeight = 250;
    private const int DisplaySide = 750;

    private readonly ImageHydraterOptions _options;

    /// <summary>Creates the hydrater.</summary>
    public ImageHydrater(ImageHydraterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Descriptor = new HydraterDescriptor
        {
            ShortName = ShortName,
            Description = "Makes thumbnails and previews of pictures.",
            Filters = ImageFormats.Filters,
            Priority = 5,
            NeedsIsolation = false,
            Concurrency = options.Concurrency,
            TimeoutSeconds = options.TimeoutSeconds,
            Unavailable = static () => ToolFinder.Missing(Vips.Programs),
        };
    }

    /// <inheritdoc />
    public HydraterDescriptor Descriptor { get; }

    private (string Format, string Type) WebP => (Format($".webp[Q={_options.DisplayQuality},strip]"), "image/webp");

    /// <inheritdoc />
    public async Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var vips = new Vips(context, ToolLimits.Within(_options.TimeoutSeconds, _options.ToolMemoryBytesMax));
        var header = await vips.ReadHeaderAsync(_options.PixelsMax, cancellationToken).ConfigureAwait(false);
        var changes = context.Changes;
        if (!context.Document.HasMetadata("thumb"))
        {
            var (format, type) = _options.WritesWebP ? WebP : (".png[strip,bitdepth=8]", "image/png");
            var thumb = await vips.ShrinkAsync(format, ThumbWidth, ThumbHeight, cancellationToken).ConfigureAwait(false);
            changes.Metadata["thumb"] = $"data:{type};base64,{Convert.ToBase64String(thumb)}";
        }

        if (!context.Document.HasData("display"))
        {
            var (format, type) = _options.WritesWebP ? WebP : (Format($".jpg[Q={_options.DisplayQuality},strip,background=255]"), "image/jpeg");
            var display = await vips.ShrinkAsync(format, DisplaySide, DisplaySide, cancellationToken).ConfigureAwait(false);
            changes.Data["display"] = $"data:{type};base64,{Convert.ToBase64String(display)}";
        }

        if (vips.ContentType == "image/svg+xml" && SvgText.Read(context.RequireFile(), cancellationToken) is { } text)
        {
            changes.Text = text;
        }

        changes.Metadata["width"] = header.Width;
        changes.Metadata["height"] = header.Height;
        changes.ContentType = vips.ContentType;
        changes.DocumentType = "image";
        return HydrationResult.Changed(changes);
    }

    private static string Format(FormattableString format) => format.ToString(CultureInfo.InvariantCulture);
}
