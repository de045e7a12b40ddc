namespace AnyFetch.Hydrater.Isolation;

/// <summary>How hydraters are run in processes of their own (hydration.md §10), and what such a process may use.</summary>
public sealed record IsolationOptions
{
    /// <summary>The absolute path of the program that calls <see cref="IsolationWorker.Run"/>.</summary>
    public required string Program { get; init; }

    /// <summary>The arguments that make the program do that.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>
    /// Folders that the program is read from, beside its own and that of the runtime, which are found. They are all that a
    /// worker sees of the machine's files beside the system's programs. Default: none.
    /// </summary>
    public IReadOnlyList<string> ReadableFolders { get; init; } = [];

    /// <summary>The folder under which each worker gets a folder of its own. Default: the system's.</summary>
    public string TempFolder { get; init; } = Path.GetTempPath();

    /// <summary>
    /// Workers at the same time; further tasks wait. A worker that waits for a tool or for the core has its place but uses no
    /// processor, and one that a file holds must not be missed: the default is four for each processor, at least 8 and at most 32.
    /// </summary>
    public int WorkersMax { get; init; } = Math.Clamp(Environment.ProcessorCount * 4, 8, 32);

    /// <summary>Tasks of one worker before it is replaced. Default 1,000.</summary>
    public int TasksMax { get; init; } = 1_000;

    /// <summary>Bytes of resident memory with which a worker is replaced after its task. Default 160 MB.</summary>
    public long ResidentBytesMax { get; init; } = 160_000_000;

    /// <summary>Bytes of managed memory of a worker; a task that needs more fails for good. Default 1 GiB.</summary>
    public long HeapBytesMax { get; init; } = 1L << 30;

    /// <summary>
    /// Bytes of address space of a worker. The runtime reserves several times what it uses, so this is a second line behind
    /// <see cref="HeapBytesMax"/>. Default 16 GiB.
    /// </summary>
    public long AddressBytesMax { get; init; } = 16L << 30;

    /// <summary>Processor time of a worker over all of its tasks, in seconds. Default 3,600.</summary>
    public int CpuSecondsMax { get; init; } = 3_600;

    /// <summary>Bytes of any file that a worker writes. Default 512 MiB.</summary>
    public long FileBytesMax { get; init; } = 512L << 20;

    /// <summary>Seconds that a worker without a task lives on. Default 30.</summary>
    public double IdleSeconds { get; init; } = 30;

    /// <summary>Seconds that a worker may take to start, on a machine that has much to do. Default 60.</summary>
    public double StartSeconds { get; init; } = 60;

    /// <summary>Seconds that a task waits for a worker; then it fails as what may pass, and its host tries it again. Default 600.</summary>
    public double WaitSeconds { get; init; } = 600;

    /// <summary>Fresh workers that a task gets after its worker died. Default 1.</summary>
    public int RetriesMax { get; init; } = 1;

    /// <summary>Bytes of one message between a host and its worker: a document, or what became of it. Default 64 MiB.</summary>
    public int MessageBytesMax { get; init; } = 64 << 20;

    /// <summary>Requests of a task that its host works on at the same time. Default 64.</summary>
    public int CallsMax { get; init; } = 64;
}
