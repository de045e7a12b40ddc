namespace AnyFetch.Hydrater.Tools;

/// <summary>How a run of an external program ended.</summary>
public enum ToolEnd
{
    /// <summary>By itself, with an exit code.</summary>
    Exited,

    /// <summary>The program is not installed.</summary>
    NotFound,

    /// <summary>It ran longer than it may and was killed.</summary>
    TimedOut,

    /// <summary>It wrote more than it may and was killed.</summary>
    OutputFull,
}
