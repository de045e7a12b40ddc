namespace AnyFetch.Hydrater.Tools;

/// <summary>A program and its arguments. The arguments are passed as they are: no shell ever reads them.</summary>
/// <param name="Program">The program's name, looked up in the system's folders, or its absolute path.</param>
/// <param name="Arguments">One entry an argument.</param>
public sealed record ToolCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>What the run may use.</summary>
    public ToolLimits Limits { get; init; } = new();

    /// <summary>Variables besides the few that every tool gets. Nothing of the server's own environment is ever passed on.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether the program stands still while others want the processors, but for turns of a tenth of a second with a second between
    /// them, for work that nobody waits for, such as drawing pages. Default false.
    /// </summary>
    public bool IsBackground { get; init; }

    /// <summary>
    /// Seconds of processor time that a background program has like everything else before it yields, for what is found by its text, such
    /// as print that is recognised. Default 0: it yields from its start.
    /// </summary>
    public double PromisedSeconds { get; init; }
}
