using System.Diagnostics;

namespace AnyFetch.Bench.Runs;

/// <summary>Two-term searches with facets, permissions and highlights.</summary>
internal static class SearchRun
{
    public static async Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var documents = options.Get("documents", 100_000);
        var seconds = options.Get("seconds", 10);
        await using var server = await ServerProcess.StartAsync(["serve"], options, cancellationToken);
        await Ingest.PostAsync(server, 64, documents, TimeSpan.FromMinutes(10), new Latencies(), cancellationToken);
        var clock = Stopwatch.StartNew();
        await server.WaitForCountAsync("", documents, cancellationToken);
        var caughtUp = clock.Elapsed;

        var cpu = server.CpuSeconds();
        var one = await SearchAsync(server, 1, seconds, cancellationToken);
        cpu = server.CpuSeconds() - cpu;
        var many = await SearchAsync(server, 8, seconds, cancellationToken);
        return new BenchTable($"Search, two terms, {documents:#,0} documents, 20 hits, facets, highlights")
            .Add("p50, 1 connection", one.Milliseconds(0.5), "ms", "goal: under 10")
            .Add("p99, 1 connection", one.Milliseconds(0.99), "ms", "goal: under 80")
            .Add("throughput, 1 connection", one.Count / (double)seconds, "/s")
            .Add("server CPU per search", cpu / one.Count * 1e3, "ms")
            .Add("p50, 8 connections", many.Milliseconds(0.5), "ms")
            .Add("p99, 8 connections", many.Milliseconds(0.99), "ms")
            .Add("throughput, 8 connections", many.Count / (double)seconds, "/s")
            .Add("index caught up after", caughtUp.TotalSeconds, "s")
            .Add("peak memory", server.PeakMegabytes(), "MB")
            .Add("on disk", server.DiskMegabytes(), "MB");
    }

    private static async Task<Latencies> SearchAsync(
        ServerProcess server,
        int connections,
        int seconds,
        CancellationToken cancellationToken)
    {
        var latencies = new Latencies();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(i => Task.Run(
            async () =>
            {
                using var connection = new RawConnection();
                await connection.ConnectAsync(server.Port, cancellationToken);
                var text = new SampleText(100 + i);
                var ticks = new List<long>();
                while (clock.Elapsed.TotalSeconds < seconds)
                {
                    var request = Ingest.Request(server, "GET", $"/documents?search={text.Word()}+{text.Word()}", null);
                    var began = Stopwatch.GetTimestamp();
                    var status = await connection.SendAsync(request, cancellationToken);
                    ticks.Add(Stopwatch.GetTimestamp() - began);
                    if (status != 200)
                    {
                        throw new InvalidOperationException($"GET /documents answered {status}.");
                    }
                }

                latencies.AddRange(ticks);
            },
            cancellationToken)));
        return latencies;
    }
}
