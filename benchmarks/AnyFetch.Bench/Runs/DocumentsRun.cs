using System.Diagnostics;

namespace AnyFetch.Bench.Runs;

/// <summary>Pages of <c>GET /documents</c> over documents of many kinds: facets, projections, highlights, templates.</summary>
internal static class DocumentsRun
{
    private static readonly (string Name, string Path, string Goal)[] s_pages =
    [
        ("two terms, 20 hits", "/documents?search={0}+{1}", "goal: under 10"),
        ("one term, 20 hits", "/documents?search={0}", ""),
        ("one term, templates rendered", "/documents?search={0}&render_templates=1", ""),
        ("one term, newest first", "/documents?search={0}&sort=-modificationDate", ""),
        ("one term, mails since 2015", "/documents?search={0}&after=2015-01-01&document_type=5252ce4ce4cfcd16f55cfa3f", ""),
        ("one term, 100 hits", "/documents?search={0}&limit=100", ""),
        ("everything, newest first", "/documents?sort=-modificationDate", ""),
        ("facets alone", "/documents?limit=0", ""),
    ];

    public static async Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var documents = options.Get("documents", 100_000);
        var seconds = options.Get("seconds", 5);
        await using var server = await ServerProcess.StartAsync(["serve"], options, cancellationToken);
        await Ingest.PostAsync(
            server, 64, documents, TimeSpan.FromMinutes(10), new Latencies(), cancellationToken,
            (text, n) => text.Body(Ingest.NumberedIdentifier, n));
        await server.WaitForCountAsync("", documents, cancellationToken);

        var table = new BenchTable($"GET /documents, {documents:#,0} documents of six types, 1 connection");
        using var connection = new RawConnection();
        await connection.ConnectAsync(server.Port, cancellationToken);
        foreach (var (name, path, goal) in s_pages)
        {
            var cpu = server.CpuSeconds();
            var latencies = await MeasureAsync(server, connection, path, seconds, cancellationToken);
            table.Add($"{name}: p50", latencies.Milliseconds(0.5), "ms", goal)
                .Add($"{name}: p99", latencies.Milliseconds(0.99), "ms", goal.Length > 0 ? "goal: under 80" : "")
                .Add($"{name}: server CPU", (server.CpuSeconds() - cpu) / latencies.Count * 1e3, "ms");
        }

        return table.Add("peak memory", server.PeakMegabytes(), "MB");
    }

    private static async Task<Latencies> MeasureAsync(
        ServerProcess server,
        RawConnection connection,
        string path,
        int seconds,
        CancellationToken cancellationToken)
    {
        var text = new SampleText(100);
        var ticks = new List<long>();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            var request = Ingest.Request(
                server,
                "GET",
                path.Replace("{0}", text.Word(), StringComparison.Ordinal).Replace("{1}", text.Word(), StringComparison.Ordinal),
                null);
            var began = Stopwatch.GetTimestamp();
            var status = await connection.SendAsync(request, cancellationToken);
            ticks.Add(Stopwatch.GetTimestamp() - began);
            if (status != 200)
            {
                throw new InvalidOperationException($"{path} answered {status}.");
            }
        }

        var latencies = new Latencies();
        latencies.AddRange(ticks);
        return latencies;
    }
}
