using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Server.Hydraters;

/// <summary>How the built-in hydraters are offered to others over HTTP, at <c>/hydraters/{short name}</c>.</summary>
public sealed class HydraterHostingOptions
{
    /// <summary>Whether they are offered. The server itself runs them without HTTP.</summary>
    public bool Http { get; set; } = true;

    /// <summary>
    /// Whether files are read in processes of their own, without network and with limits on memory (docs/security.md). Switched off,
    /// a file that exhausts its reader exhausts the server.
    /// </summary>
    public bool Isolate { get; set; } = true;

    /// <summary>Such processes at the same time; 0 means four for each processor, at least 8 and at most 32.</summary>
    [Range(0, 256)]
    public int WorkersMax { get; set; }

    /// <summary>Mebibytes of managed memory of such a process; a file that needs more is refused.</summary>
    [Range(64, 65_536)]
    public int WorkerMebibytesMax { get; set; } = 1_024;

    /// <summary>Seconds that such a process lives on without work.</summary>
    [Range(1, 86_400)]
    public int WorkerIdleSeconds { get; set; } = 30;

    /// <summary>Private hosts that a task may name for its file and callback. Empty: public addresses only.</summary>
    public IList<string> AllowedPrivateHosts { get; } = [];

    /// <summary>Tasks that wait, for each hydrater; more are refused with 503.</summary>
    [Range(1, 1_000_000)]
    public int QueueLengthMax { get; set; } = 10_000;
}
