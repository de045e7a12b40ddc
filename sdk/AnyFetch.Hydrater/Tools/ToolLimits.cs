namespace AnyFetch.Hydrater.Tools;

/// <summary>What one run of an external program may use. Every limit ends the program, none can be switched off.</summary>
public sealed record ToolLimits
{
    /// <summary>The default limits but for time, which bounds the processor's as well, and memory.</summary>
    /// <param name="seconds">Wall time in seconds.</param>
    /// <param name="memoryBytesMax">Address space in bytes.</param>
    public static ToolLimits Within(double seconds, long memoryBytesMax) => new()
    {
        WallSeconds = seconds,
        CpuSeconds = (int)Math.Ceiling(seconds),
        MemoryBytesMax = memoryBytesMax,
    };

    /// <summary>Wall time in seconds, without that in which the program stands still because others want the processors. Default 60.</summary>
    public double WallSeconds { get; init; } = 60;

    /// <summary>Processor time in seconds of each process. Default 60.</summary>
    public int CpuSeconds { get; init; } = 60;

    /// <summary>Address space in bytes of each process. Default 1 GiB.</summary>
    public long MemoryBytesMax { get; init; } = 1L << 30;

    /// <summary>Bytes of standard output that are kept; the program is ended when it writes more. Default 16 MiB.</summary>
    public int OutputBytesMax { get; init; } = 16 << 20;

    /// <summary>Bytes of any file that the program writes. Default 200 MB.</summary>
    public long FileBytesMax { get; init; } = 200_000_000;

    /// <summary>Characters of standard error that are kept. Default 4,000.</summary>
    public int ErrorCharactersMax { get; init; } = 4_000;
}
