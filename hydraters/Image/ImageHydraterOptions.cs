using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Hydraters.Image;

/// <summary>How the image hydrater reads pictures.</summary>
public sealed class ImageHydraterOptions
{
    /// <summary>
    /// Whether thumbnail and preview are WebP, a third smaller, instead of PNG and JPEG, which every client shows. Default false.
    /// </summary>
    public bool WritesWebP { get; set; }

    /// <summary>Quality of the preview's JPEG or WebP, and of a WebP thumbnail. Default 80.</summary>
    [Range(1, 100)]
    public int DisplayQuality { get; set; } = 80;

    /// <summary>Pixels of a picture; a larger one is refused. Default 100 million.</summary>
    [Range(1, 1_000_000_000)]
    public long PixelsMax { get; set; } = 100_000_000;

    /// <summary>Wall time of one picture in seconds. Default 60.</summary>
    [Range(1, 3600)]
    public double TimeoutSeconds { get; set; } = 60;

    /// <summary>Pictures read at the same time. Default 2.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>Address space of the tool in bytes. Default 2 GiB.</summary>
    [Range(256L << 20, 64L << 30)]
    public long ToolMemoryBytesMax { get; set; } = 2L << 30;
}
