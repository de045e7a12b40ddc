using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Hydraters.Ics;

/// <summary>How the ics hydrater reads calendars.</summary>
public sealed class IcsHydraterOptions
{
    /// <summary>Bytes of a calendar file; a larger one is refused. Default 32 MiB.</summary>
    [Range(1024, 256 << 20)]
    public int FileBytesMax { get; set; } = 32 << 20;

    /// <summary>Keeps the document of a calendar without events, which is deleted by default.</summary>
    public bool KeepEmpty { get; set; }

    /// <summary>Files read at the same time. Default 2.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>Wall time of one file in seconds; each event is a request to the core. Default 300.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 300;
}
