namespace AnyFetch.Hydrater.Archives;

/// <summary>What an archive may expand to (hydration.md §10).</summary>
public sealed record ArchiveLimits
{
    /// <summary>Bytes that all entries together may expand to. Default 200 MB.</summary>
    public long ExpandedBytesMax { get; init; } = 200_000_000;

    /// <summary>How many times its own size an archive may expand to. Default 100.</summary>
    public int RatioMax { get; init; } = 100;

    /// <summary>Expansion below which the ratio is not looked at, since small files compress oddly well. Default 1 MB.</summary>
    public long RatioFromBytes { get; init; } = 1_000_000;

    /// <summary>Entries of one archive. Default 20,000.</summary>
    public int EntriesMax { get; init; } = 20_000;
}
