namespace AnyFetch.Providers.LocalDirectory.Agent;

/// <summary>What an agent watches, and how.</summary>
/// <param name="Directory">The directory, as a person named it.</param>
/// <param name="StatePath">The file that remembers what was sent. Deleting it sends everything again.</param>
public sealed record DirectoryAgentOptions(string Directory, string StatePath)
{
    /// <summary>Which of its files are taken, and how often it is walked; <c>HostId</c> begins the identifiers.</summary>
    public LocalDirectoryProviderOptions Files { get; init; } = new();

    /// <summary>Whether deletions are made however many there are. Default false.</summary>
    public bool Force { get; init; }

    /// <summary>Files sent at the same time, and files deleted at the same time. Default 4 each.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Changes after which the state is on disk. Default 20.</summary>
    public int SaveChanges { get; init; } = 20;

    /// <summary>The largest file that is sent, in bytes; of a larger one the server learns the name alone. Default 50 MiB.</summary>
    public long FileBytesMax { get; init; } = 50L * 1024 * 1024;

    /// <summary>Deletions that need no question, however few files there are. Default 50.</summary>
    public int PruneItemsFree { get; init; } = 50;

    /// <summary>Above <see cref="PruneItemsFree"/>: which share of all files may vanish at once without a question, in percent. Default 30.</summary>
    public int PrunePercentMax { get; init; } = 30;

    /// <summary>How long changes are waited for after a first one, in milliseconds. Default 2000.</summary>
    public int DebounceMilliseconds { get; init; } = 2000;

    /// <summary>
    /// How long a pass waits that follows one in which something failed, and how often it is looked whether the directory is there,
    /// in seconds. Default 300.
    /// </summary>
    public int RetrySeconds { get; init; } = 300;

    /// <summary>How long an agent waits for a server or a directory that is away, in seconds; it doubles up to <see cref="RetrySeconds"/>. Default 5.</summary>
    public int AwaySeconds { get; init; } = 5;

    /// <summary>Failures that one pass names; further ones are only counted. Default 1000.</summary>
    public int FailuresMax { get; init; } = 1000;
}
