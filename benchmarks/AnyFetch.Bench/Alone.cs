using System.Diagnostics;
using System.Text.Json;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Hydraters.Plaintext;

namespace AnyFetch.Bench;

/// <summary>What a tool does with the same files when nothing stands around it: the limit that a pipeline has.</summary>
internal static class Alone
{
    /// <summary>What a run over files took. No peak is told for tools.</summary>
    internal sealed record Run(int Count, double Seconds, double CpuSeconds, double PeakMegabytes = 0);

    /// <summary>A program for each file, on all processors.</summary>
    public static async Task<Run> ToolAsync(
        string directory, Func<string, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        var before = ProcessTree.EndedSeconds();
        var clock = Stopwatch.StartNew();
        var count = await EachAsync(directory, run, cancellationToken);
        return new Run(count, clock.Elapsed.TotalSeconds, ProcessTree.EndedSeconds() - before);
    }

    /// <summary>The hydrater that reads text, in this process.</summary>
    public static async Task<Run> ReaderAsync(string directory, CancellationToken cancellationToken)
    {
        var reader = new InProcessHydrater(new PlaintextHydrater(new PlaintextHydraterOptions()));
        using var own = Process.GetCurrentProcess();
        var before = own.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var count = await EachAsync(
            directory,
            async (file, stop) =>
            {
                using var document = JsonDocument.Parse(
                    $$$"""{"document_type":"file","metadata":{"path":"/{{{Path.GetFileName(file)}}}"}}""");
                var task = new HydrationTask { Document = new HydrationDocument(document.RootElement), FilePath = file };
                if ((await reader.RunAsync(task, stop)).Error is { } error)
                {
                    throw new InvalidOperationException(error);
                }
            },
            cancellationToken);
        own.Refresh();
        return new Run(count, clock.Elapsed.TotalSeconds, (own.TotalProcessorTime - before).TotalSeconds);
    }

    /// <summary>Recoll, which indexes text and no displays.</summary>
    public static async Task<Run> RecollAsync(string directory, int count, CancellationToken cancellationToken)
    {
        using var configuration = new BenchDirectory();
        await File.WriteAllTextAsync(Path.Combine(configuration.Path, "recoll.conf"), $"topdirs = {directory}\n", cancellationToken);
        var before = ProcessTree.EndedSeconds();
        var clock = Stopwatch.StartNew();
        await SampleFiles.RunAsync("recollindex", ["-c", configuration.Path, "-z"], cancellationToken);
        return new Run(count, clock.Elapsed.TotalSeconds, ProcessTree.EndedSeconds() - before);
    }

    private static async Task<int> EachAsync(
        string directory, Func<string, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        var files = Directory.GetFiles(directory, "*", SearchOption.AllDirectories);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(files, parallel, async (file, stop) => await run(file, stop));
        return files.Length;
    }
}
