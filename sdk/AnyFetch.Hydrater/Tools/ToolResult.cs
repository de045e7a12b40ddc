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
}
