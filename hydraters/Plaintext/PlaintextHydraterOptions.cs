using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Hydraters.Plaintext;

/// <summary>How the plaintext hydrater reads files.</summary>
public sealed class PlaintextHydraterOptions
{
    /// <summary>Bytes of extracted text; a file with more gives no text at all, which is not an error. Default 8 MiB.</summary>
    [Range(1024, 10_000_000)]
    public int ExtractedBytesMax { get; set; } = 8 << 20;

    /// <summary>Keeps the first <see cref="ExtractedBytesMax"/> of longer texts and sets <c>data.truncated</c>. Default false.</summary>
    public bool KeepTruncatedText { get; set; }

    /// <summary>Bytes of a text or HTML file that are looked at. Default 16 MiB.</summary>
    [Range(1024, 256 << 20)]
    public int TextFileBytesMax { get; set; } = 16 << 20;

    /// <summary>Whether title, author and page count go to the metadata where the document has none. Default true.</summary>
    public bool WritesDocumentInfo { get; set; } = true;

    /// <summary>Files read at the same time. Default 2.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>Wall time of one file in seconds. Default 60.</summary>
    [Range(1, 3600)]
    public double TimeoutSeconds { get; set; } = 60;

    /// <summary>Address space of pdftotext in bytes. Default 1 GiB.</summary>
    [Range(64L << 20, 64L << 30)]
    public long ToolMemoryBytesMax { get; set; } = 1L << 30;

    /// <summary>Wall time in seconds of LibreOffice for a document of old kinds (doc, xls, ppt). Default 45.</summary>
    [Range(1, 3600)]
    public double ConversionSeconds { get; set; } = 45;

    /// <summary>Bytes of a document of old kinds; a larger one is an error. Default 100 MB.</summary>
    [Range(1_000_000L, 2_000_000_000L)]
    public long OfficeFileBytesMax { get; set; } = 100_000_000;

    /// <summary>Address space of LibreOffice in bytes. Default 3 GiB, of which it uses 0.2 for most documents.</summary>
    [Range(1L << 30, 64L << 30)]
    public long OfficeMemoryBytesMax { get; set; } = 3L << 30;
}
