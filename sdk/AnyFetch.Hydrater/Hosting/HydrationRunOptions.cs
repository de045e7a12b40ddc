using AnyFetch.Hydrater.ChangeSets;

namespace AnyFetch.Hydrater.Hosting;

/// <summary>What holds for every task, whatever the host.</summary>
public sealed record HydrationRunOptions
{
    /// <summary>The folder under which tasks make their temp folders. Default: the system's.</summary>
    public string TempFolder { get; init; } = Path.GetTempPath();

    /// <summary>Bytes of a file that is copied or downloaded. Default 2 GiB.</summary>
    public long FileBytesMax { get; init; } = 2L << 30;

    /// <summary>Milliseconds that a hydrater gets between the stop signal and being given up. Default 500.</summary>
    public int StopMilliseconds { get; init; } = 500;

    /// <summary>Characters of an error message (hydration.md §5). Default 2,000.</summary>
    public int MessageCharactersMax { get; init; } = 2_000;

    /// <summary>
    /// Seconds to wait before each further attempt after a transient failure. Default 5, 30 and 120 for HTTP hosts. A host with a durable
    /// queue of its own passes an empty list and tries again by itself.
    /// </summary>
    public IReadOnlyList<double> RetrySeconds { get; init; } = [5, 30, 120];

    /// <summary>Sizes of what hydraters write.</summary>
    public OutputLimits Output { get; init; } = new();
}
