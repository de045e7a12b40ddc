using AnyFetch.Hydrater.Filters;

namespace AnyFetch.Hydraters.Image;

/// <summary>Which documents are pictures (hydraters.md §7): by the extension of their path or by their content type.</summary>
internal static class ImageFormats
{
    /// <summary>Every extension that the image hydraters know.</summary>
    internal static readonly string[] Extensions =
        ["jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp", "heic", "heif", "avif", "svg", "ico", "psd"];

    private static readonly string[] DocumentTypes = ["file", "image"];

    /// <summary>Extensions of pictures that can show printed text. Drawings, icons and layers would only raise errors.</summary>
    private static readonly string[] PhotoExtensions = [.. Extensions.Except(["svg", "ico", "psd"])];

    /// <summary>Documents of type file or image with a file, whose name or content type says that it is a picture.</summary>
    internal static IReadOnlyList<HydraterFilter> Filters { get; } = MakeFilters(Extensions, "/^image\\//i");

    /// <summary>The same without the formats that hold no printed text.</summary>
    internal static IReadOnlyList<HydraterFilter> PhotoFilters { get; } =
        MakeFilters(PhotoExtensions, "/^image\\/(jpeg|png|gif|bmp|tiff|webp|heic|heif|avif)($|;)/i");

    /// <summary>Whether a content type is that of a picture.</summary>
    internal static bool IsPicture(string contentType) => contentType.StartsWith("image/", StringComparison.Ordinal);

    /// <summary>Formats that libvips reads with code that it does not vouch for itself: drawings and what ImageMagick reads.</summary>
    internal static bool NeedsUntrustedReader(string contentType) => contentType is
        "image/svg+xml" or "image/bmp" or "image/vnd.microsoft.icon" or "image/vnd.adobe.photoshop";

    /// <summary>The extension by which readers without a look at the content tell a format, with its dot.</summary>
    internal static string ExtensionOf(string contentType) => contentType switch
    {
        "image/svg+xml" => ".svg",
        "image/bmp" => ".bmp",
        "image/vnd.microsoft.icon" => ".ico",
        "image/vnd.adobe.photoshop" => ".psd",
        _ => "",
    };

    private static IReadOnlyList<HydraterFilter> MakeFilters(string[] extensions, string contentTypes) =>
    [
        .. DocumentTypes.Select(type => FilterBuilder.ForType(type).WithExtension(extensions).WithFile().Build()),
        .. DocumentTypes.Select(type =>
            FilterBuilder.ForType(type).With("data", "content_type", contentTypes).WithFile().Build()),
    ];
}
