using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Hydraters.Vcard;

/// <summary>How the vcard hydrater reads address books.</summary>
public sealed class VcardHydraterOptions
{
    /// <summary>Bytes of an address book; a larger one is refused. Default 32 MiB.</summary>
    [Range(1024, 256 << 20)]
    public int FileBytesMax { get; set; } = 32 << 20;

    /// <summary>Bytes of a card's picture; a larger one is left out. Default 256 KiB.</summary>
    [Range(0, 1 << 20)]
    public int PhotoBytesMax { get; set; } = 256 << 10;

    /// <summary>Files read at the same time. Default 2.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>Wall time of one file in seconds; each contact of several is a request to the core. Default 300.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 300;
}
