using System.Diagnostics;
using System.Globalization;

namespace AnyFetch.Search.Bench;

/// <summary>Lucene on the same corpus, when a JDK and Debian's <c>liblucene8-java</c> are installed.</summary>
internal static class LuceneRun
{
    private const string Jars = "/usr/share/java";

    /// <summary>What Lucene did; null when it is not installed.</summary>
    public static async Task<Measurement?> RunAsync(string directory)
    {
        var jars = Directory.Exists(Jars)
            ? Directory.GetFiles(Jars, "lucene-core-8*.jar").Concat(Directory.GetFiles(Jars, "lucene-analyzers-common-8*.jar")).ToList()
            : [];
        var source = Path.Combine(AppContext.BaseDirectory, "lucene", "LuceneBench.java");
        if (jars.Count < 2 || !File.Exists("/usr/bin/javac"))
            return null;
        var classes = Path.Combine(directory, "classes");
        var path = string.Join(':', jars);
        await RunAsync("javac", ["-cp", path, "-d", classes, source]).ConfigureAwait(false);
        var lines = await RunAsync("java",
        [
            "-Xms2g", "-Xmx2g", "-cp", $"{path}:{classes}", "LuceneBench", CorpusFile.PathIn(directory),
            CorpusFile.QueriesIn(directory), Path.Combine(directory, "lucene-index"),
        ]).ConfigureAwait(false);
        var measured = new Measurement();
        foreach (var fields in lines.Select(l => l.Split('\t')))
        {
            if (fields[0] == "ingest")
                measured.DocumentsPerSecond = Number(fields[1]);
            else if (fields[0] == "size")
                measured.IndexBytes = (long)Number(fields[1]);
            else
                measured.Classes[fields[0]] = (Number(fields[1]), Number(fields[2]), (long)Number(fields[3]));
        }

        return measured;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<string[]> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
