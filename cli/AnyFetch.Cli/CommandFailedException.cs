namespace AnyFetch.Cli;

/// <summary>Ends a command with a sentence for the person who typed it and a code for their script.</summary>
internal sealed class CommandFailedException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
