namespace AnyFetch.Hydraters.Office;

/// <summary>What one conversion with LibreOffice may use.</summary>
internal sealed record LibreOfficeOptions
{
    /// <summary>Wall time in seconds, and processor time of each of its processes.</summary>
    internal required double ConversionSeconds { get; init; }

    /// <summary>Address space in bytes.</summary>
    internal required long MemoryBytesMax { get; init; }

    /// <summary>Bytes of the file; a larger one is refused before anything starts.</summary>
    internal required long FileBytesMax { get; init; }

    /// <summary>Whether everything else goes first.</summary>
    internal bool IsBackground { get; init; }
}
