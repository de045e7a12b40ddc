namespace AnyFetch.Hydrater.Tools;

/// <summary>A program and its arguments. The arguments are passed as they are: no shell ever reads them.</summary>
/// <param name="Program">The program's name, looked up in the system's folders, or its absolute path.</param>
/// <param name="Arguments">One entry an argument.</param>
public sealed record ToolCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>What the run may use.</summary>
    public ToolLimits Limits { get; init; } = new();
}
