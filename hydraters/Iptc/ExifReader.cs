using System.Globalization;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Iptc;

/// <summary>
/// Reads EXIF tags (CIPA DC-008) and finds the blocks in a TIFF file, which has the same form. Exactly three directories are
/// looked at, so nothing can go round in circles.
/// </summary>
internal static class ExifReader
{
    private const ushort ImageDescription = 0x010e;
    private const ushort Make = 0x010f;
    private const ushort Model = 0x0110;
    private const ushort Artist = 0x013b;
    private const ushort XmpBlock = 0x02bc;
    private const ushort IimBlock = 0x83bb;
    private const ushort ExifDirectory = 0x8769;
    private const ushort GpsDirectory = 0x8825;
    private const ushort DateTimeOriginal = 0x9003;
    private const ushort OffsetTimeOriginal = 0x9011;
    private const ushort LatitudeRef = 1;
    private const ushort Latitude = 2;
    private const ushort LongitudeRef = 3;
    private const ushort Longitude = 4;

    internal static PictureTags Read(Stream exif)
    {
        if (TiffDirectory.ReadFirst(new BlockStream(exif)) is not { } main)
        {
            return PictureTags.None;
        }

        var details = main.Directory(ExifDirectory);
        var gps = main.Directory(GpsDirectory);
        return new PictureTags
        {
            Author = Text(main, Artist),
            Description = Text(main, ImageDescription),
            Camera = CameraOf(Text(main, Make), Text(main, Model)),
            TakenAt = details is null ? null : DateOf(Text(details, DateTimeOriginal), Text(details, OffsetTimeOriginal)),
            Latitude = gps is null ? null : Degrees(gps, Latitude, LatitudeRef, "S", 90),
            Longitude = gps is null ? null : Degrees(gps, Longitude, LongitudeRef, "W", 180),
        };
    }

    internal static void FindBlocks(BlockStream tiff, TagBlocks blocks)
    {
        if (TiffDirectory.ReadFirst(tiff) is { } main)
        {
            blocks.Xmp = main.Bytes(XmpBlock);
            blocks.Iim = main.Bytes(IimBlock);
        }
    }

    private static string? Text(TiffDirectory directory, ushort tag)
    {
        var bytes = directory.Bytes(tag).AsSpan();
        var end = bytes.IndexOf((byte)0);
        var text = CharsetDetector.Decode(end < 0 ? bytes : bytes[..end]).Trim();
        return text.Length > 0 ? text : null;
    }

    /// <summary>Many models begin with their maker's name.</summary>
    private static string? CameraOf(string? make, string? model) =>
        make is null || model is null || model.StartsWith(make.Split(' ')[0], StringComparison.OrdinalIgnoreCase)
            ? model ?? make : $"{make} {model}";

    private static DateTimeOffset? DateOf(string? date, string? offset) =>
        DateTimeOffset.TryParseExact(
            date + (offset ?? "+00:00"), "yyyy:MM:dd HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var taken)
            ? taken : null;

    /// <summary>Degrees, minutes and seconds; the reference tells the hemisphere. Null for what no globe has.</summary>
    private static double? Degrees(TiffDirectory gps, ushort tag, ushort reference, string negative, double max)
    {
        if (gps.Rationals(tag) is not [var degrees, var minutes, var seconds])
        {
            return null;
        }

        var value = degrees + minutes / 60 + seconds / 3600;
        return !(Math.Abs(value) <= max) ? null
            : Math.Round(Text(gps, reference) == negative ? -value : value, 6);
    }
}
