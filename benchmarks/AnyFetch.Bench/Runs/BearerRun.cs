namespace AnyFetch.Bench.Runs;

/// <summary>
/// What telling who calls costs: <c>GET /status</c> answers everybody, and looks at a token only when one is sent.
/// The same answer, with the work and without.
/// </summary>
internal static class BearerRun
{
    public static async Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var seconds = options.Get("seconds", 10);
        var table = new BenchTable("Bearer authentication, GET /status with a token and without, 1 connection");
        var cached = await MeasureAsync([], seconds, options, cancellationToken);
        table.Add("without a token, p50", cached.Without.MedianMicroseconds, "us")
            .Add("with a token, p50", cached.With.MedianMicroseconds, "us")
            .Add("added, p50", cached.With.MedianMicroseconds - cached.Without.MedianMicroseconds, "us", "goal: under 50")
            .Add("added, server CPU", cached.With.CpuMicroseconds - cached.Without.CpuMicroseconds, "us", "goal: under 50");

        // With the cache off, every request reads the token, the user, the company and the application.
        var uncached = await MeasureAsync(["--set", "Api:CallerCacheMilliseconds=0"], seconds, options, cancellationToken);
        return table
            .Add("cache off: added, p50", uncached.With.MedianMicroseconds - uncached.Without.MedianMicroseconds, "us")
            .Add("cache off: added, server CPU", uncached.With.CpuMicroseconds - uncached.Without.CpuMicroseconds, "us");
    }

    private static async Task<(Alternation.Side Without, Alternation.Side With)> MeasureAsync(
        string[] settings,
        int seconds,
        BenchOptions options,
        CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(["serve", .. settings], options, cancellationToken);
        using var connection = new RawConnection();
        await connection.ConnectAsync(server.Port, cancellationToken);
        var without = Ingest.Request(server, "GET", "/status", null, token: null);
        var with = Ingest.Request(server, "GET", "/status", null);
        return await Alternation.RunAsync(seconds, (server, () => AskAsync(without)), (server, () => AskAsync(with)));

        async ValueTask AskAsync(byte[] request)
        {
            if (await connection.SendAsync(request, cancellationToken) is not 200 and var status)
            {
                throw new InvalidOperationException($"GET /status answered {status}.");
            }
        }
    }
}
