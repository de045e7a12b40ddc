using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Hydration;

/// <summary>How documents are hydrated (configuration section <c>Hydration</c>).</summary>
public sealed class HydrationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Hydration";

    /// <summary>
    /// The root of the URLs that hydraters get for the file and the answer, such as <c>http://127.0.0.1:8000</c>. The
    /// composition sets it to where the server is reached.
    /// </summary>
    [Required(AllowEmptyStrings = false)]
    public string BaseUrl { get; set; } = "";

    /// <summary>Most rounds of one generation (hydration.md §4). Default: 20.</summary>
    [Range(1, 1_000)]
    public int RoundsMax { get; set; } = 20;

    /// <summary>Whether hydraters of low priority run although another one failed. Default: false.</summary>
    public bool LowPriorityAfterErrors { get; set; }

    /// <summary>Whether a hydrater's answer leaves alone what a client changed after the hydrater was called. Default: false.</summary>
    public bool ProtectClientEdits { get; set; }

    /// <summary>
    /// Whether documents that hydraters made out of another one (a mail's attachments, an archive's members) stay when it is
    /// deleted. Default: false.
    /// </summary>
    public bool KeepOrphans { get; set; }

    /// <summary>Changes that are looked at together. Default: 500.</summary>
    [Range(1, 10_000)]
    public int FeedBatchMax { get; set; } = 500;

    /// <summary>For how long a node may follow the feed alone after its last sign of life, in seconds. Default: 15.</summary>
    [Range(3, 600)]
    public int FollowerLeaseSeconds { get; set; } = 15;

    /// <summary>For how long a job is held without a sign of life of its worker, in seconds. Default: 60.</summary>
    [Range(3, 3_600)]
    public int LeaseSeconds { get; set; } = 60;

    /// <summary>Most jobs that are held for one in-process hydrater; fewer when they take long. Default: 64.</summary>
    [Range(1, 1_000)]
    public int PrefetchMax { get; set; } = 64;

    /// <summary>
    /// How long a hydrater in the background (drawing, recognising print) lets others go first, in seconds: each of its documents
    /// waits until no other hydrater has work, and this long at most. 0 lets nobody go first. Default: 10.
    /// </summary>
    [Range(0, 3_600)]
    public int BackgroundWaitSeconds { get; set; } = 10;

    /// <summary>Seconds before each new attempt after a transient failure in process (hydration.md §5). Default: 5, 30, 120.</summary>
    [MinLength(0)]
    [MaxLength(10)]
    public IReadOnlyList<int> RetrySeconds { get; set; } = [5, 30, 120];

    /// <summary>Calls of external hydraters at the same time. Default: 32.</summary>
    [Range(1, 1_000)]
    public int CallsMax { get; set; } = 32;

    /// <summary>
    /// Whether external hydraters may be on this machine and in private networks. Switch it off where strangers register
    /// hydraters. Addresses on the same wire only (169.254.0.0/16, where clouds keep their secrets) are never called. Default: true.
    /// </summary>
    public bool PrivateHydraters { get; set; } = true;

    /// <summary>Hosts of external hydraters that may be private although <see cref="PrivateHydraters"/> is off. Default: none.</summary>
    public IList<string> PrivateHydraterHosts { get; } = [];

    /// <summary>How long an external hydrater may take to answer the call with 202, in seconds. Default: 10.</summary>
    [Range(1, 300)]
    public int CallTimeoutSeconds { get; set; } = 10;

    /// <summary>Seconds before each new call of a hydrater that could not be reached. Default: 1, 5, 15, 60.</summary>
    [MinLength(0)]
    [MaxLength(10)]
    public IReadOnlyList<int> CallRetrySeconds { get; set; } = [1, 5, 15, 60];

    /// <summary>How long an external hydrater may take to call back, in seconds. Default: 900.</summary>
    [Range(1, 86_400)]
    public int CallbackSeconds { get; set; } = 900;

    /// <summary>Failed calls in a row after which a hydrater is left alone for a while. Default: 20.</summary>
    [Range(1, 1_000)]
    public int CircuitFailuresMax { get; set; } = 20;

    /// <summary>For how long it is left alone, in seconds. Default: 300.</summary>
    [Range(1, 86_400)]
    public int CircuitOpenSeconds { get; set; } = 300;

    /// <summary>Longest <c>metadata.text</c> of a hydrater, in UTF-16 characters. Default: 10 Mi.</summary>
    [Range(1_000, 100_000_000)]
    public int TextCharsMax { get; set; } = 10 * 1024 * 1024;

    /// <summary>Longest <c>data.html</c> of a hydrater, in UTF-16 characters. Default: 10 Mi.</summary>
    [Range(1_000, 100_000_000)]
    public int HtmlCharsMax { get; set; } = 10 * 1024 * 1024;

    /// <summary>
    /// For how long the file of a document is kept on which a hydrater failed, in hours, so that it can be hydrated again
    /// (hydration.md §7). Default: 0, which lets it go at once.
    /// </summary>
    [Range(0, 168)]
    public int RetainOnErrorHours { get; set; }

    /// <summary>Documents of a run over many that are looked at together. Default: 100.</summary>
    [Range(1, 10_000)]
    public int BulkPageMax { get; set; } = 100;

    /// <summary>For how long a file waits for hydraters at most, in days (hydration.md §7). Default: 7.</summary>
    [Range(1, 365)]
    public int FileDaysMax { get; set; } = 7;
}
