using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Hydraters.Pdfocr;

/// <summary>How the text of scanned PDFs is recognised.</summary>
public sealed class PdfocrHydraterOptions
{
    /// <summary>Languages by tesseract's names; those that are not installed are left out. Default English and French.</summary>
    [Required, MinLength(1), MaxLength(10)]
    public IReadOnlyList<string> Languages { get; set; } = ["eng", "fra"];

    /// <summary>Mean confidence in percent below which nothing of a page is believed. Default 40.</summary>
    [Range(0, 100)]
    public double ConfidenceMin { get; set; } = 40;

    /// <summary>Pages that are read; <c>data.truncated</c> tells that there are more. Default 30.</summary>
    [Range(1, 1000)]
    public int PagesMax { get; set; } = 30;

    /// <summary>Dots an inch at which pages are drawn. Default 300.</summary>
    [Range(72, 1200)]
    public int DotsPerInch { get; set; } = 300;

    /// <summary>Pixels of a page's longer side at least, for pages that are small or say no size. Default 1,600.</summary>
    [Range(100, 10_000)]
    public int SidePixelsMin { get; set; } = 1_600;

    /// <summary>Pixels of a page's longer side at most. Default 6,000.</summary>
    [Range(1_000, 20_000)]
    public int SidePixelsMax { get; set; } = 6_000;

    /// <summary>Wall time of drawing one page, and of reading one, in seconds. Default 20.</summary>
    [Range(1, 600)]
    public double PageTimeoutSeconds { get; set; } = 20;

    /// <summary>
    /// Wall time of one document in seconds. The pages that are not reached in time are left out. At least three times
    /// <see cref="PageTimeoutSeconds"/>. Default 600.
    /// </summary>
    [Range(10, 3600)]
    public double TimeoutSeconds { get; set; } = 600;

    /// <summary>Documents read at the same time. Default 1.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 1;

    /// <summary>Address space of a tool in bytes. Default 2 GiB.</summary>
    [Range(256L << 20, 64L << 30)]
    public long ToolMemoryBytesMax { get; set; } = 2L << 30;
}
