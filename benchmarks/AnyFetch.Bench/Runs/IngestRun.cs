using System.Diagnostics;
using System.Globalization;

namespace AnyFetch.Bench.Runs;

/// <summary>Durable <c>POST /documents</c> with 1 KB of metadata, and how soon what was acknowledged is found.</summary>
internal static class IngestRun
{
    public static async Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var connections = options.Get("connections", 64);
        var seconds = options.Get("seconds", 20);
        await using var server = await ServerProcess.StartAsync(["serve"], options, cancellationToken);
        var isDefault = options.Get("hydraters") == "default";
        if (!isDefault)
        {
            // The way of a document alone: with the default list each is compared with the others as well.
            await Ingest.RemoveHydratersAsync(server, cancellationToken);
        }

        await Ingest.PostAsync(server, connections, 5_000, TimeSpan.FromSeconds(seconds), new Latencies(), cancellationToken);

        var latencies = new Latencies();
        var searchable = new Latencies();
        using var probing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var probe = ProbeAsync(server, searchable, probing.Token);
        var (serverCpu, clientCpu) = (server.CpuSeconds(), ClientCpuSeconds());
        var clock = Stopwatch.StartNew();
        var count = await Ingest.PostAsync(
            server, connections, options.Get("documents", int.MaxValue), TimeSpan.FromSeconds(seconds), latencies, cancellationToken);
        var elapsed = clock.Elapsed.TotalSeconds;
        serverCpu = server.CpuSeconds() - serverCpu;
        clientCpu = ClientCpuSeconds() - clientCpu;
        await probing.CancelAsync();
        await probe;

        var hydraters = isDefault ? "the default hydraters" : "no hydrater";
        return new BenchTable($"Durable POST /documents, 1 KB of metadata, {connections} connections, {hydraters}, {elapsed:0.0} s")
            .Add("throughput", count / elapsed, "/s", "goal: 12,000")
            .Add("p50", latencies.Milliseconds(0.5), "ms")
            .Add("p99", latencies.Milliseconds(0.99), "ms", "goal: under 40")
            .Add("searchable p50", searchable.Milliseconds(0.5), "ms")
            .Add("searchable p99", searchable.Milliseconds(0.99), "ms", "goal: under 1,000")
            .Add("searchable probes", searchable.Count, "")
            .Add("server CPU", serverCpu / elapsed * 100, "%")
            .Add("server CPU per document", serverCpu / count * 1e6, "us")
            .Add("client CPU", clientCpu / elapsed * 100, "%")
            .Add("peak memory", server.PeakMegabytes(), "MB")
            .Add("on disk", server.DiskMegabytes(), "MB");
    }

    /// <summary>Posts a document with a word of its own now and then and searches until that is found.</summary>
    private static async Task ProbeAsync(ServerProcess server, Latencies latencies, CancellationToken cancellationToken)
    {
        using var connection = new RawConnection();
        await connection.ConnectAsync(server.Port, cancellationToken);
        var text = new SampleText(2);
        try
        {
            for (var n = 0; ; n++)
            {
                var word = string.Create(CultureInfo.InvariantCulture, $"probe{n}x{Environment.ProcessId}");
                await connection.SendAsync(
                    Ingest.Request(server, "POST", "/documents", text.Document(word, word)), cancellationToken);
                var acknowledged = Stopwatch.GetTimestamp();
                while ((await server.GetAsync($"documents?limit=0&search={word}", cancellationToken)).GetProperty("count").GetInt64() == 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
                }

                latencies.AddRange([Stopwatch.GetTimestamp() - acknowledged]);
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The load is over.
        }
    }

    private static double ClientCpuSeconds()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }
}
