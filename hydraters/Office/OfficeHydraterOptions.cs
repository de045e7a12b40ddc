using System.ComponentModel.DataAnnotations;
using AnyFetch.Hydraters.Pdf;

namespace AnyFetch.Hydraters.Office;

/// <summary>How the office hydrater draws documents.</summary>
public sealed class OfficeHydraterOptions
{
    /// <summary>Pages that are drawn; <c>data.truncated</c> tells that there are more. Default 7.</summary>
    [Range(1, 100)]
    public int PagesMax { get; set; } = 7;

    /// <summary>Pixels of a page's longer side: 1,286 are 110 dots an inch on A4. Smaller when the result gets too large. Default 1,286.</summary>
    [Range(200, 5000)]
    public int PageSidePixels { get; set; } = 1286;

    /// <summary>Bytes of a document; larger ones are not shown. Default 100 MB.</summary>
    [Range(1_000_000L, 2_000_000_000L)]
    public long FileBytesMax { get; set; } = 100_000_000;

    /// <summary>Wall time of a conversion in seconds. Default 60.</summary>
    [Range(1, 3600)]
    public double ConversionSeconds { get; set; } = 60;

    /// <summary>Wall time of one document in seconds, drawing its pages included. Default 120.</summary>
    [Range(1, 3600)]
    public double TimeoutSeconds { get; set; } = 120;

    /// <summary>Documents drawn at the same time, each with a LibreOffice of its own. Default 2.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>Address space of LibreOffice in bytes. Default 3 GiB, of which it uses 0.2 for most documents.</summary>
    [Range(1L << 30, 64L << 30)]
    public long ToolMemoryBytesMax { get; set; } = 3L << 30;

    /// <summary>How the pages that LibreOffice made are drawn.</summary>
    internal PdfHydraterOptions Drawing => new() { PagesMax = PagesMax, PageSidePixels = PageSidePixels };
}
