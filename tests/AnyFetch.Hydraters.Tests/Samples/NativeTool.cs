using System.Diagnostics;

namespace AnyFetch.Hydraters.Tests.Samples;

/// <summary>Runs a native tool for a test, to make samples and to look at results.</summary>
internal static class NativeTool
{
    /// <summary>What the tool wrote to standard output; a failure fails the test.</summary>
    internal static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {error.Result}");
        return output;
    }
}
