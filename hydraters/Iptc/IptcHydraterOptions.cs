using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Hydraters.Iptc;

/// <summary>What the iptc hydrater takes from pictures.</summary>
public sealed class IptcHydraterOptions
{
    /// <summary>Dates a document by when its picture was taken (EXIF DateTimeOriginal). Default false.</summary>
    public bool DatesByExposure { get; set; }

    /// <summary>Characters of an author, a description or all keywords together. Default 10,000.</summary>
    [Range(100, 1_000_000)]
    public int TextCharactersMax { get; set; } = 10_000;

    /// <summary>Pictures read at the same time. Default 2.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>Wall time of one picture in seconds. Default 30.</summary>
    [Range(1, 3600)]
    public double TimeoutSeconds { get; set; } = 30;
}
