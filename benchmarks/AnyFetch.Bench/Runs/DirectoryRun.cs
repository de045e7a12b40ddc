using System.Diagnostics;

namespace AnyFetch.Bench.Runs;

/// <summary>Small text files from a directory to searchable, hydrated with their text.</summary>
internal static class DirectoryRun
{
    public static async Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var files = options.Get("files", 10_000);
        var directory = Directory.CreateTempSubdirectory("anyfetch-bench-files-").FullName;
        try
        {
            Write(directory, files);
            var clock = Stopwatch.StartNew();
            await using var server = await ServerProcess.StartAsync(["up", directory], options, cancellationToken);
            var first = server.ReadyAfter;
            await server.WaitForCountAsync("search=everyfilehasthisword", 1, cancellationToken);
            var firstFound = clock.Elapsed;
            await server.WaitForCountAsync("search=everyfilehasthisword", files, cancellationToken);
            var all = clock.Elapsed.TotalSeconds;
            return new BenchTable($"{files:#,0} small text files from a directory to searchable")
                .Add("all searchable after", all, "s", "goal: 30")
                .Add("files", files / all, "/s")
                .Add("server ready after", first.TotalSeconds, "s")
                .Add("first searchable after", firstFound.TotalSeconds, "s")
                .Add("server CPU", server.CpuSeconds() / all * 100, "%")
                .Add("server CPU per file", server.CpuSeconds() / files * 1e6, "us")
                .Add("peak memory", server.PeakMegabytes(), "MB")
                .Add("on disk", server.DiskMegabytes(), "MB");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Write(string directory, int files)
    {
        var text = new SampleText(3);
        for (var n = 0; n < files; n++)
        {
            NoteFiles.Write(directory, n, $"everyfilehasthisword {text.Text(1_500)}\n");
        }
    }
}
