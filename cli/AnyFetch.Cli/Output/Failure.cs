using System.Text.Json;

namespace AnyFetch.Cli.Output;

/// <summary>Tells why a command failed, on the error output.</summary>
internal static class Failure
{
    public static async Task WriteAsync(CommandFailedException failure, bool asJson)
    {
        var text = asJson
            ? JsonSerializer.Serialize(new FailureView(failure.ExitCode, failure.Message), CliJson.Default.FailureView)
            : $"anyfetch: {failure.Message}";
        await Console.Error.WriteLineAsync(text).ConfigureAwait(false);
    }
}

internal sealed record FailureView(int ExitCode, string Error);
