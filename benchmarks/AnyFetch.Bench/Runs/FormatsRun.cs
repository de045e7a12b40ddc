using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace AnyFetch.Bench.Runs;

/// <summary>Files of each kind from a directory to searchable, each with the tool that reads it, or recoll, alone beside it.</summary>
internal static class FormatsRun
{
    private const int PdfPages = 9;
    private const int DocxPages = 10;
    private const string ImageType = "5252ce4ce4cfcd16f55cfa3d";

    private static readonly Dictionary<string, Func<BenchTable, BenchOptions, CancellationToken, Task>> s_kinds = new()
    {
        ["text"] = AddTextAsync,
        ["docx"] = AddDocxAsync,
        ["pdf"] = AddPdfAsync,
        ["mail"] = AddMailsAsync,
        ["photo"] = AddPhotosAsync,
        ["mixed"] = AddMixedAsync,
    };

    public static async Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var table = new BenchTable("Files of all kinds from a directory to searchable");
        foreach (var kind in (options.Get("kinds") ?? string.Join(',', s_kinds.Keys)).Split(','))
        {
            await s_kinds[kind](table, options, cancellationToken);
        }

        return table;
    }

    private static async Task AddTextAsync(BenchTable table, BenchOptions options, CancellationToken cancellationToken)
    {
        var count = options.Get("files", 10_000);
        using var directory = new BenchDirectory();
        var text = new SampleText(3);
        for (var n = 0; n < count; n++)
        {
            NoteFiles.Write(directory.Path, n, $"everyfilehasthisword {text.Text(1_500)}\n");
        }

        Add(table, "small texts", "goal: 600", await UpAsync(directory.Path, count, options, cancellationToken));
        await AddReaderAsync(table, "small texts", directory.Path, cancellationToken);
        await AddRecollAsync(table, "small texts", directory.Path, count, cancellationToken);
    }

    private static async Task AddDocxAsync(BenchTable table, BenchOptions options, CancellationToken cancellationToken)
    {
        var count = options.Get("documents", 1_000);
        using var directory = new BenchDirectory();
        var files = new SampleFiles(directory.Path, 11);
        for (var n = 0; n < count; n++)
        {
            files.WriteDocx(DocxPages);
        }

        var name = $"docx of {DocxPages} pages";
        Add(table, name, "goal: 150", await UpAsync(directory.Path, count, options, cancellationToken));
        await AddReaderAsync(table, name, directory.Path, cancellationToken);
        await AddRecollAsync(table, name, directory.Path, count, cancellationToken);
    }

    private static async Task AddPdfAsync(BenchTable table, BenchOptions options, CancellationToken cancellationToken)
    {
        var count = options.Get("documents", 1_000);
        using var directory = new BenchDirectory();
        var files = new SampleFiles(directory.Path, 12);
        for (var n = 0; n < count; n++)
        {
            files.WritePdf(PdfPages, pictureBytes: 90_000);
        }

        var name = $"PDF of {PdfPages} pages";
        Add(table, name, "goal: 100", await UpAsync(directory.Path, count, options, cancellationToken));
        Add(table, $"{name}, pdftotext alone", "", await Alone.ToolAsync(
            directory.Path, (file, stop) => SampleFiles.RunAsync("pdftotext", ["-enc", "UTF-8", file, "-"], stop), cancellationToken));
    }

    private static async Task AddMailsAsync(BenchTable table, BenchOptions options, CancellationToken cancellationToken)
    {
        var count = options.Get("documents", 1_000);
        using var directory = new BenchDirectory();
        MailsRun.Write(directory.Path, count);
        var run = await UpAsync(directory.Path, count, options, cancellationToken, "search=everypartofthemail", partsPerFile: 3);
        Add(table, "mails with two attachments", "goal: 60", run);
        await AddRecollAsync(table, "mails with two attachments", directory.Path, count, cancellationToken);
    }

    /// <summary>Recognising text is off: the company runs every hydrater but ocr.</summary>
    private static async Task AddPhotosAsync(BenchTable table, BenchOptions options, CancellationToken cancellationToken)
    {
        const int Photos = 40;
        using var directory = new BenchDirectory();
        await new SampleFiles(directory.Path, 13).WritePhotosAsync(Photos, cancellationToken);
        var photos = Directory.GetFiles(directory.Path, "*.jpg", SearchOption.AllDirectories);
        await using (var server = await ServerProcess.StartAsync(["serve"], options, cancellationToken))
        {
            var company = await server.GetAsync("company", cancellationToken);
            var hydraters = company.GetProperty("hydraters").EnumerateArray().Select(h => h.GetString()!)
                .Where(url => !url.Contains("/ocr", StringComparison.Ordinal)).Select(url => (JsonNode)url);
            var patch = new JsonObject { ["hydraters"] = new JsonArray([.. hydraters]) };
            using var patched = await server.Http.PatchAsJsonAsync(new Uri("company", UriKind.Relative), patch, cancellationToken);
            patched.EnsureSuccessStatusCode();
            var clock = Stopwatch.StartNew();
            await Uploads.SendAsync(server.Http, photos, cancellationToken);
            await server.WaitForCountAsync($"document_type={ImageType}", Photos, cancellationToken);
            Add(table, "photos of 12 megapixels", "goal: 8", Measured(server, clock, Photos));
        }

        // The two pictures that are made of each, by the same programs.
        Add(table, "photos of 12 megapixels, vips alone", "", await Alone.ToolAsync(
            directory.Path,
            async (file, stop) =>
            {
                await SampleFiles.RunAsync("vipsthumbnail", [file, "--size", "350x250>", "-o", $"{file}.png[strip]"], stop);
                await SampleFiles.RunAsync("vipsthumbnail", [file, "--size", "750x750>", "-o", $"{file}.small.jpg[Q=80,strip]"], stop);
            },
            cancellationToken));
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
        table.Add("mixed tree", megabytes, "MB");
        Add(table, "mixed tree", "goal: 350", await UpAsync(directory.Path, count, options, cancellationToken));
        await AddRecollAsync(table, "mixed tree", directory.Path, count, cancellationToken);
    }

    private static void Add(BenchTable table, string name, string goal, Alone.Run run)
    {
        table.Add(name, run.Count / run.Seconds, "/s", goal).Add($"{name}: CPU each", run.CpuSeconds / run.Count * 1e3, "ms");
        if (run.PeakMegabytes > 0)
        {
            table.Add($"{name}: peak memory of the server", run.PeakMegabytes, "MB", "goal: under 400");
        }
    }

    private static async Task AddReaderAsync(BenchTable table, string name, string directory, CancellationToken cancellationToken) =>
        Add(table, $"{name}, the reader alone", "", await Alone.ReaderAsync(directory, cancellationToken));

    private static async Task AddRecollAsync(
        BenchTable table, string name, string directory, int count, CancellationToken cancellationToken)
    {
        if (File.Exists("/usr/bin/recollindex"))
        {
            Add(table, $"{name}, recoll", "", await Alone.RecollAsync(directory, count, cancellationToken));
        }
    }

    /// <summary>From a server that is ready to everything being found.</summary>
    private static async Task<Alone.Run> UpAsync(
        string directory, int count, BenchOptions options, CancellationToken cancellationToken,
        string query = "search=everyfilehasthisword", int partsPerFile = 1)
    {
        await using var server = await ServerProcess.StartAsync(["up", directory], options, cancellationToken);
        var clock = Stopwatch.StartNew();
        await server.WaitForCountAsync(query, (long)count * partsPerFile, cancellationToken);
        return Measured(server, clock, count);
    }

    private static Alone.Run Measured(ServerProcess server, Stopwatch clock, int count) =>
        new(count, clock.Elapsed.TotalSeconds, server.Tree.CpuSeconds(), server.PeakMegabytes());
}
