using AnyFetch.Bench.Providers;
using AnyFetch.Providers.LocalDirectory;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Bench.Runs;

/// <summary>A large directory through the local provider: the first run, a run without changes, and one with 100.</summary>
internal static class ChangesRun
{
    private const int Changes = 100;

    public static async Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var files = options.Get("files", 100_000);
        var directory = Directory.CreateTempSubdirectory("anyfetch-bench-files-").FullName;
        try
        {
            for (var n = 0; n < files; n++)
            {
                NoteFiles.Write(directory, n, $"note {n}");
            }

            await using var server = await ServerProcess.StartAsync(["serve"], options, cancellationToken);
            await Ingest.RemoveHydratersAsync(server, cancellationToken);
            await using var library = await ProviderLibrary.StartAsync<LocalDirectoryProvider>(
                server,
                services => services.Configure<LocalDirectoryProviderOptions>(local =>
                {
                    local.AllowedRoots.Add(directory);
                    local.Watch = false;
                }),
                provider => provider.Concurrency = 8,
                $$"""{"path":"{{directory}}"}""",
                cancellationToken);
            var (first, _) = await library.RunAsync(files, cancellationToken);
            ProcessMemory.Own.ResetPeak();
            var (unchanged, _) = await library.RunAsync(files, cancellationToken);
            for (var n = 0; n < Changes; n++)
            {
                NoteFiles.Write(directory, n * (files / Changes), $"changed {n}");
            }

            var (changed, last) = await library.RunAsync(files, cancellationToken);
            return new BenchTable($"A directory of {files:#,0} files through the local provider")
                .Add("first run", first, "s")
                .Add("first run", files / first, "/s")
                .Add("run without changes", unchanged, "s", "goal: under 2 for 100,000")
                .Add($"run with {Changes} changes", changed, "s")
                .Add("sent in it", last.GetProperty("sent").GetInt64(), "")
                .Add("peak memory of the later runs", ProcessMemory.Own.PeakMegabytes, "MB")
                .Add("store on disk", library.StoreMegabytes(), "MB");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
