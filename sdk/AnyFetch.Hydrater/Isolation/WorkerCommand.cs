using System.Diagnostics;
using System.Globalization;
using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydrater.Isolation;

/// <summary>How a worker is started: behind the same wall as native tools, with nothing of the host's environment.</summary>
internal static class WorkerCommand
{
    /// <summary>Calls of a method until it is compiled for speed; loops are optimised while they run, however often they are called.</summary>
    private const int CallsUntilOptimized = 4_096;

    internal static ProcessStartInfo Of(IsolationOptions options, string folder)
    {
        var program = Path.GetDirectoryName(options.Program)!;
        var runtime = RuntimeFolder(program);
        string[] readable = [program, runtime, .. options.ReadableFolders];
        var line = ToolSandbox.Instance.WrapWorker(options, folder, readable);
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var (name, value) in EnvironmentOf(options, folder, runtime))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static Dictionary<string, string> EnvironmentOf(IsolationOptions options, string folder, string runtime) => new()
    {
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["HOME"] = folder,
        ["TMPDIR"] = folder,
        ["LANG"] = "C.UTF-8",
        ["DOTNET_ROOT"] = runtime,
        ["DOTNET_GCHeapHardLimit"] = options.HeapBytesMax.ToString("X", CultureInfo.InvariantCulture),
        // One task at a time needs neither a second collector nor threads that wait for a debugger.
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_EnableDiagnostics"] = "0",
        ["DOTNET_TieredPGO"] = "0",
        // A worker has a thousand tasks: compiling again what was called 30 times cost more than half of them (docs/benchmarks.md).
        ["DOTNET_TC_CallCountThreshold"] = CallsUntilOptimized.ToString("X", CultureInfo.InvariantCulture),
        [IsolationWorker.MessageBytesVariable] = options.MessageBytesMax.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>
    /// Where this process's runtime lies, which is the worker's too: two levels above <c>shared</c> when it is installed for all,
    /// beside the program when it was published with it.
    /// </summary>
    private static string RuntimeFolder(string program)
    {
        var version = Path.TrimEndingDirectorySeparator(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory());
        var shared = Path.GetDirectoryName(Path.GetDirectoryName(version));
        return Path.GetFileName(shared) == "shared" ? Path.GetDirectoryName(shared)! : program;
    }
}
