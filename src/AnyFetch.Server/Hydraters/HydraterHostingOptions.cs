using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Server.Hydraters;

/// <summary>How the built-in hydraters are offered to others over HTTP, at <c>/hydraters/{short name}</c>.</summary>
public sealed class HydraterHostingOptions
{
    /// <summary>Whether they are offered. The server itself runs them without HTTP.</summary>
    public bool Http { get; set; } = true;

    /// <summary>Private hosts that a task may name for its file and callback. Empty: public addresses only.</summary>
    public IList<string> AllowedPrivateHosts { get; } = [];

    /// <summary>Tasks that wait, for each hydrater; more are refused with 503.</summary>
    [Range(1, 1_000_000)]
    public int QueueLengthMax { get; set; } = 10_000;
}
