using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Hydraters.Ocr;

/// <summary>How text in pictures is recognised.</summary>
public sealed class OcrHydraterOptions
{
    /// <summary>Languages by tesseract's names; those that are not installed are left out. Default English and French.</summary>
    [Required, MinLength(1), MaxLength(10)]
    public IReadOnlyList<string> Languages { get; set; } = ["eng", "fra"];

    /// <summary>Mean confidence in percent below which nothing of a page is believed. Default 40.</summary>
    [Range(0, 100)]
    public double ConfidenceMin { get; set; } = 40;

    /// <summary>Pages of a multi-page TIFF that are read; <c>data.truncated</c> tells that there are more. Default 30.</summary>
    [Range(1, 1000)]
    public int PagesMax { get; set; } = 30;

    /// <summary>Pixels of a picture; a larger one is refused. Default 100 million.</summary>
    [Range(1, 1_000_000_000)]
    public long PixelsMax { get; set; } = 100_000_000;

    /// <summary>Pixels of a page that tesseract looks at; a larger one is shrunk before. Default 40 million.</summary>
    [Range(1_000_000, 200_000_000)]
    public long ReadPixelsMax { get; set; } = 40_000_000;

    /// <summary>Wall time of one picture in seconds. Default 120.</summary>
    [Range(1, 3600)]
    public double TimeoutSeconds { get; set; } = 120;

    /// <summary>Pictures read at the same time. Default 2.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>Address space of a tool in bytes. Default 2 GiB.</summary>
    [Range(256L << 20, 64L << 30)]
    public long ToolMemoryBytesMax { get; set; } = 2L << 30;
}
