using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Search;

/// <summary>Where the search indexes are and what they may take.</summary>
public sealed class SearchOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Search";

    /// <summary>The directory under which each company's index has its own. Its content may be deleted at any time.</summary>
    [Required(AllowEmptyStrings = false)]
    public string DataDirectory { get; set; } = "";

    /// <summary>Class of the markers around matches: <c>anyfetch-hlt</c>, or <c>hlt</c> for older clients.</summary>
    [RegularExpression("^(anyfetch-hlt|hlt)$", ErrorMessage = "Search:HighlightClass must be 'anyfetch-hlt' or 'hlt'.")]
    public string HighlightClass { get; set; } = "anyfetch-hlt";

    /// <summary>Indexes that are kept open at once. Those that nobody used for longest are closed first.</summary>
    [Range(1, 100_000)]
    public int OpenIndexesMax { get; set; } = 512;

    /// <summary>Memory that the open indexes may take together, in MiB, their files not counted, before idle ones are closed.</summary>
    [Range(1, 1_000_000)]
    public int OpenIndexesMebibytesMax { get; set; } = 1_024;

    /// <summary>An index that nobody used for so long is closed, in seconds.</summary>
    [Range(1, 86_400)]
    public int IdleSecondsMax { get; set; } = 600;

    /// <summary>Searches that run at once in one index; further ones wait.</summary>
    [Range(1, 256)]
    public int ReadersMax { get; set; } = 8;

    /// <summary>A search that takes longer is given up, in seconds.</summary>
    [Range(1, 600)]
    public int SearchSecondsMax { get; set; } = 10;

    /// <summary>Terms that a pattern (<c>a?b</c>, <c>a~</c>) is expanded to; the most frequent ones are taken.</summary>
    [Range(1, 1_024)]
    public int ExpansionsMax { get; set; } = 64;

    /// <summary>Changes that are read from the feed at once.</summary>
    [Range(1, 100_000)]
    public int BatchEntriesMax { get; set; } = 2_000;

    /// <summary>
    /// How long changes are collected before they are applied together, in milliseconds. Adds as much to the time until
    /// a change is found.
    /// </summary>
    [Range(0, 10_000)]
    public int CollectMilliseconds { get; set; } = 100;

    /// <summary>Companies whose indexes are brought up to the feed at once.</summary>
    [Range(1, 64)]
    public int CatchUpsMax { get; set; } = 2;

    /// <summary>How long the first search in an index waits until it is up to the feed, in milliseconds.</summary>
    [Range(0, 60_000)]
    public int FirstSearchMillisecondsMax { get; set; } = 1_000;

    /// <summary>Memory that the newest documents of an index take before they are written to a file, in MiB.</summary>
    [Range(1, 1_024)]
    public int FlushMebibytes { get; set; } = 32;

    /// <summary>
    /// Memory that the newest documents of all indexes together take before some are written to files, in MiB. At twice
    /// as much, changes wait for that.
    /// </summary>
    [Range(1, 65_536)]
    public int UnflushedMebibytesMax { get; set; } = 128;

    /// <summary>
    /// How long changes are at most only in memory, in seconds. After a crash they are read from the feed once more.
    /// </summary>
    [Range(1, 3_600)]
    public int FlushSeconds { get; set; } = 30;

    /// <summary>Indexes whose files are written or merged at once.</summary>
    [Range(1, 64)]
    public int MergesMax { get; set; } = 1;

    /// <summary>Wait before the feed is tried again after a failure, in seconds.</summary>
    [Range(1, 600)]
    public int RetrySeconds { get; set; } = 2;
}
