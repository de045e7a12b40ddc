using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Hydraters.Archive;

/// <summary>How far archives are unpacked.</summary>
public sealed class ArchiveHydraterOptions
{
    /// <summary>Bytes that one archive may expand to. Default 200 MB (hydration.md §10).</summary>
    [Range(1_000_000L, 100_000_000_000L)]
    public long ExpandedBytesMax { get; set; } = 200_000_000;

    /// <summary>How many times its own size one archive may expand to. Default 100.</summary>
    [Range(2, 10_000)]
    public int RatioMax { get; set; } = 100;

    /// <summary>
    /// Bytes that the archives inside one archive may expand to, all together and at each level; each gets a share by its
    /// size. Default 1 GB.
    /// </summary>
    [Range(1_000_000L, 100_000_000_000L)]
    public long NestedBytesMax { get; set; } = 1_000_000_000;

    /// <summary>Files in the archives inside one archive, all together and at each level. Default 5,000.</summary>
    [Range(1, 1_000_000)]
    public int NestedFilesMax { get; set; } = 5_000;

    /// <summary>Archives unpacked at the same time. Default 2.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>Wall time of one archive in seconds; each file in it is an upload to the core. Default 300.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 300;
}
