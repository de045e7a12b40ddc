using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace AnyFetch.Bench.Runs;

/// <summary>Files of each kind from a directory to searchable, and a mixed tree with recoll beside it.</summary>
internal static class FormatsRun
{
    private const int PdfPages = 9;
    private const int DocxPages = 10;
    private const string ImageType = "5252ce4ce4cfcd16f55cfa3d";

    public static async Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var table = new BenchTable("Files of all kinds from a directory to searchable");
        var kinds = (options.Get("kinds") ?? "docx,pdf,photo,mixed").Split(',');
        if (kinds.Contains("docx"))
        {
            await AddDocxAsync(table, options, cancellationToken);
        }

        if (kinds.Contains("pdf"))
        {
            await AddPdfAsync(table, options, cancellationToken);
        }

        if (kinds.Contains("photo"))
        {
            await AddPhotosAsync(table, options, cancellationToken);
        }

        if (kinds.Contains("mixed"))
        {
            await AddMixedAsync(table, options, cancellationToken);
        }

        return table;
    }

    private static async Task AddDocxAsync(BenchTable table, BenchOptions options, CancellationToken cancellationToken)
    {
        var count = options.Get("documents", 300);
        using var directory = new BenchDirectory();
        var files = new SampleFiles(directory.Path, 11);
        for (var n = 0; n < count; n++)
        {
            files.WriteDocx(DocxPages);
        }

        var run = await UpAsync(directory.Path, count, options, cancellationToken);
        table.Add($"docx of {DocxPages} pages", count / run.Seconds, "/s", "goal: 150").Add("docx: peak memory", run.PeakMegabytes, "MB");
    }

    private static async Task AddPdfAsync(BenchTable table, BenchOptions options, CancellationToken cancellationToken)
    {
        var count = options.Get("documents", 300);
        using var directory = new BenchDirectory();
        var files = new SampleFiles(directory.Path, 12);
        for (var n = 0; n < count; n++)
        {
            files.WritePdf(PdfPages, pictureBytes: 90_000);
        }

        var clock = Stopwatch.StartNew();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            Directory.GetFiles(directory.Path, "*.pdf", SearchOption.AllDirectories), parallel,
            async (file, stop) => await SampleFiles.RunAsync("pdftotext", ["-enc", "UTF-8", file, "-"], stop));
        var alone = count / clock.Elapsed.TotalSeconds;
        var run = await UpAsync(directory.Path, count, options, cancellationToken);
        table.Add($"PDF of {PdfPages} pages", count / run.Seconds, "/s", "goal: 100")
            .Add("pdftotext alone, on all cores", alone, "/s")
            .Add("ratio", count / run.Seconds / alone, "")
            .Add("PDF: peak memory", run.PeakMegabytes, "MB");
    }

    /// <summary>Recognising text is off: the company runs every hydrater but ocr.</summary>
    private static async Task AddPhotosAsync(BenchTable table, BenchOptions options, CancellationToken cancellationToken)
    {
        const int Photos = 40;
        using var directory = new BenchDirectory();
        await new SampleFiles(directory.Path, 13).WritePhotosAsync(Photos, cancellationToken);
        await using var server = await ServerProcess.StartAsync(["serve"], options, cancellationToken);
        var company = await server.GetAsync("company", cancellationToken);
        var hydraters = company.GetProperty("hydraters").EnumerateArray().Select(h => h.GetString()!)
            .Where(url => !url.Contains("/ocr", StringComparison.Ordinal)).Select(url => (JsonNode)url);
        var patch = new JsonObject { ["hydraters"] = new JsonArray([.. hydraters]) };
        using var patched = await server.Http.PatchAsJsonAsync(new Uri("company", UriKind.Relative), patch, cancellationToken);
        patched.EnsureSuccessStatusCode();
        var clock = Stopwatch.StartNew();
        foreach (var file in Directory.GetFiles(directory.Path, "*.jpg", SearchOption.AllDirectories))
        {
            await UploadAsync(server, file, cancellationToken);
        }

        await server.WaitForCountAsync($"document_type={ImageType}", Photos, cancellationToken);
        var seconds = clock.Elapsed.TotalSeconds;
        table.Add("photos of 12 megapixels", Photos / seconds, "/s", "goal: 8").Add("photos: peak memory", server.PeakMegabytes(), "MB");
    }

    private static async Task AddMixedAsync(BenchTable table, BenchOptions options, CancellationToken cancellationToken)
    {
        var count = options.Get("files", 10_000);
        using var directory = new BenchDirectory();
        var files = new SampleFiles(directory.Path, 14);
        for (var n = 0; n < count; n++)
        {
            switch (n % 100)
            {
                case < 5:
                    files.WritePdf(PdfPages, pictureBytes: 90_000);
                    break;
                case < 7:
                    files.WriteDocx(DocxPages);
                    break;
                default:
                    files.WriteText(16_000);
                    break;
            }
        }

        var megabytes = new DirectoryInfo(directory.Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) / 1e6;
        var run = await UpAsync(directory.Path, count, options, cancellationToken);
        table.Add("mixed tree", megabytes, "MB")
            .Add("mixed tree: files", count / run.Seconds, "/s", "goal: 350")
            .Add("mixed tree: server CPU per file", run.CpuSeconds / count * 1e6, "us")
            .Add("mixed tree: peak memory", run.PeakMegabytes, "MB", "goal: under 400");
        if (File.Exists("/usr/bin/recollindex"))
        {
            table.Add("mixed tree: recoll", count / await RecollAsync(directory.Path, cancellationToken), "/s");
        }
    }

    /// <summary>From a server that is ready to everything being found.</summary>
    private static async Task<(double Seconds, double CpuSeconds, double PeakMegabytes)> UpAsync(
        string directory, int count, BenchOptions options, CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(["up", directory], options, cancellationToken);
        var clock = Stopwatch.StartNew();
        await server.WaitForCountAsync("search=everyfilehasthisword", count, cancellationToken);
        return (clock.Elapsed.TotalSeconds, server.CpuSeconds(), server.PeakMegabytes());
    }

    private static async Task UploadAsync(ServerProcess server, string file, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(file);
        var document = new JsonObject { ["identifier"] = name, ["metadata"] = new JsonObject { ["path"] = "/" + name } };
        using var posted = await server.Http.PostAsJsonAsync(new Uri("documents", UriKind.Relative), document, cancellationToken);
        posted.EnsureSuccessStatusCode();
        using var form = new MultipartFormDataContent { { new StreamContent(File.OpenRead(file)), "file", name } };
        using var sent = await server.Http.PostAsync(
            new Uri($"documents/identifier/{name}/file", UriKind.Relative), form, cancellationToken);
        sent.EnsureSuccessStatusCode();
    }

    private static async Task<double> RecollAsync(string directory, CancellationToken cancellationToken)
    {
        using var configuration = new BenchDirectory();
        await File.WriteAllTextAsync(Path.Combine(configuration.Path, "recoll.conf"), $"topdirs = {directory}\n", cancellationToken);
        var clock = Stopwatch.StartNew();
        await SampleFiles.RunAsync("recollindex", ["-c", configuration.Path, "-z"], cancellationToken);
        return clock.Elapsed.TotalSeconds;
    }
}
