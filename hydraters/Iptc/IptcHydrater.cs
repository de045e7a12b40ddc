using System.Globalization;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Text;
using AnyFetch.Hydraters.Image;

namespace AnyFetch.Hydraters.Iptc;

/// <summary>Reads what is written into pictures about them: author, description, keywords, place (hydraters.md §8).</summary>
public sealed class IptcHydrater : IHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "iptc";

    private readonly IptcHydraterOptions _options;

    /// <summary>Creates the hydrater.</summary>
    public IptcHydrater(IptcHydraterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Descriptor = new HydraterDescriptor
        {
            ShortName = ShortName,
            Description = "Reads author, description, keywords and place of pictures.",
            Filters = ImageFormats.Filters,
            Priority = 5,
            Concurrency = options.Concurrency,
            TimeoutSeconds = options.TimeoutSeconds,
        };
    }

    /// <inheritdoc />
    public HydraterDescriptor Descriptor { get; }

    /// <inheritdoc />
    public Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var file = context.RequireFile();
        var type = file.Content.ContentType;
        if (!ImageFormats.IsPicture(type))
        {
            throw new HydrationException("The file is not a picture.");
        }

        using var picture = file.OpenRead();
        var blocks = BlockFinder.Find(picture, type);
        var iim = blocks.Iim is null ? PictureTags.None : IimReader.Read(blocks.Iim);
        var xmp = blocks.Xmp is null ? PictureTags.None : XmpReader.Read(blocks.Xmp);
        var exif = type == "image/tiff" ? ExifReader.Read(picture)
            : blocks.Exif is null ? PictureTags.None : ExifReader.Read(new MemoryStream(blocks.Exif));
        Write(iim, xmp, exif, context);
        return Task.FromResult(HydrationResult.Changed(context.Changes));
    }

    private void Write(PictureTags iim, PictureTags xmp, PictureTags exif, HydrationContext context)
    {
        var changes = context.Changes;
        changes.DocumentType = "image";
        Put(changes.Metadata, "author", iim.Author, xmp.Author, exif.Author);
        Put(changes.Metadata, "description", iim.Description, xmp.Description, exif.Description);
        Put(changes.Metadata, "keywords", string.Join(", ", xmp.Keywords), string.Join(", ", iim.Keywords));
        Put(changes.Metadata, "camera", exif.Camera);
        if (exif is { Latitude: { } latitude, Longitude: { } longitude })
        {
            changes.Metadata["geolocation"] = string.Create(CultureInfo.InvariantCulture, $"{latitude};{longitude}");
        }

        if (_options.DatesByExposure && exif.TakenAt is { } taken)
        {
            changes.CreationDate = taken;
        }
    }

    /// <summary>The first of some sources that says something.</summary>
    private void Put(JsonObject metadata, string key, params ReadOnlySpan<string?> sources)
    {
        foreach (var source in sources)
        {
            if (source is not null && TextCleaner.CleanAndSqueeze(Cut(source)) is { Length: > 0 } text)
            {
                metadata[key] = text;
                return;
            }
        }
    }

    private string Cut(string text) => text.Length <= _options.TextCharactersMax ? text : text[.._options.TextCharactersMax];
}
