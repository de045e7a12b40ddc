namespace AnyFetch.Bench.Runs;

/// <summary>How soon the server is ready and what it costs when nobody asks for anything.</summary>
internal static class IdleRun
{
    public static async Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var seconds = options.Get("seconds", 10);
        await using var server = await ServerProcess.StartAsync(["serve"], options, cancellationToken);
        var cpu = server.CpuSeconds();
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, cancellationToken);
        return new BenchTable($"Idle for {seconds} s after the first start")
            .Add("ready after", server.ReadyAfter.TotalSeconds, "s", "goal: 2")
            .Add("memory", server.ResidentMegabytes(), "MB", "goal: under 150")
            .Add("peak memory", server.PeakMegabytes(), "MB")
            .Add("CPU", (server.CpuSeconds() - cpu) / seconds * 100, "%");
    }
}
