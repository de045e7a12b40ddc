using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Hydraters.Pdf;

/// <summary>How the pdf hydrater draws pages.</summary>
public sealed class PdfHydraterOptions
{
    /// <summary>Pages that are drawn; <c>data.truncated</c> tells that there are more. Default 7.</summary>
    [Range(1, 100)]
    public int PagesMax { get; set; } = 7;

    /// <summary>Pixels of a page's longer side: 1,286 are 110 dots an inch on A4. Smaller when the result gets too large. Default 1,286.</summary>
    [Range(200, 5000)]
    public int PageSidePixels { get; set; } = 1286;

    /// <summary>Bytes of the whole display; the pictures lose resolution before, and are left out last. Default 9.5 MB.</summary>
    [Range(100_000, 10_000_000)]
    public int HtmlBytesMax { get; set; } = 9_500_000;

    /// <summary>Wall time of one document in seconds. Default 60.</summary>
    [Range(1, 3600)]
    public double TimeoutSeconds { get; set; } = 60;

    /// <summary>Documents drawn at the same time. Default 1.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 1;

    /// <summary>Address space of a tool in bytes. Default 1 GiB.</summary>
    [Range(256L << 20, 64L << 30)]
    public long ToolMemoryBytesMax { get; set; } = 1L << 30;
}
