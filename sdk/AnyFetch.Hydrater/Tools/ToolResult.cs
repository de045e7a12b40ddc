using System.Text;

namespace AnyFetch.Hydrater.Tools;

/// <summary>What an external program left.</summary>
/// <param name="End">How it ended.</param>
/// <param name="ExitCode">Its exit code, above 128 when a signal ended it; -1 when it was killed or not found.</param>
/// <param name="Output">Standard output, cut at the limit.</param>
/// <param name="Error">Standard error as text, cut at the limit.</param>
public sealed record ToolResult(ToolEnd End, int ExitCode, ReadOnlyMemory<byte> Output, string Error)
{
    /// <summary>Whether it ended by itself with exit code 0.</summary>
    public bool Succeeded => End == ToolEnd.Exited && ExitCode == 0;

    /// <summary>Standard output read as UTF-8; invalid bytes become U+FFFD.</summary>
    public string OutputText => Encoding.UTF8.GetString(Output.Span);

    /// <summary>The first line of standard error, or the exit code when there is none.</summary>
    public string Reason =>
        Error.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? $"exit code {ExitCode}";

    /// <summary>
    /// This result when the program succeeded. Otherwise throws what a hydrater means by it: <see cref="HydrationException"/>
    /// for content that the program cannot read within its limits, <see cref="InvalidOperationException"/> (transient) for a
    /// program that is not installed. <paramref name="subject"/> names the content, such as "PDF".
    /// </summary>
    public ToolResult OrThrow(string subject) => Succeeded ? this : throw (End switch
    {
        ToolEnd.NotFound => new InvalidOperationException(Error),
        ToolEnd.TimedOut => new HydrationException($"The {subject} takes too long to read."),
        ToolEnd.OutputFull => new HydrationException($"The {subject} expands to more than is allowed."),
        _ => new HydrationException($"The {subject} is damaged: {Reason}."),
    });
}
