namespace AnyFetch.Providers.LocalDirectory;

/// <summary>Which directories may be connected, and which of their files are taken.</summary>
public sealed class LocalDirectoryProviderOptions
{
    /// <summary>Only these directories and what lies below may be connected. Links are resolved first. Empty allows none.</summary>
    public IList<string> AllowedRoots { get; } = [];

    /// <summary>The first part of identifiers: a name that stays with this machine's files. Default: the host's name.</summary>
    public string HostId { get; set; } = Environment.MachineName.ToLowerInvariant();

    /// <summary>Globs of files to take; empty takes all. <c>*</c> stays within a segment, <c>**</c> crosses them.</summary>
    public IList<string> Include { get; } = [];

    /// <summary>Globs of files and directories to leave out, in addition to junk names.</summary>
    public IList<string> Exclude { get; } = [];

    /// <summary>Whether names that begin with a dot are taken. Default false.</summary>
    public bool IncludeHidden { get; set; }

    /// <summary>Whether changes are noticed while the host runs. Default true.</summary>
    public bool Watch { get; set; } = true;

    /// <summary>How often everything is walked again although nothing was noticed, in hours. Default 24.</summary>
    public int RescanHours { get; set; } = 24;

    /// <summary>How often it is walked when the system can no longer notice every change, in minutes. Default 5.</summary>
    public int RescanMinutesWithoutWatch { get; set; } = 5;

    /// <summary>How often it is looked whether the directory itself was moved or replaced, in seconds. Default 10.</summary>
    public int LookSeconds { get; set; } = 10;

    /// <summary>A file that changed within this time may still grow and waits, in milliseconds. Default 1000.</summary>
    public int GrowthMilliseconds { get; set; } = 1000;

    /// <summary>Deeper directories are reported and left out. Default 128.</summary>
    public int DirectoryDepthMax { get; set; } = 128;
}
