using System.Diagnostics;

namespace AnyFetch.Bench.Runs;

/// <summary>A search in one of many companies against the same search in the same company alone on its server.</summary>
internal static class CompaniesRun
{
    private const int IdleSeconds = 20;

    /// <summary>Idle indexes are looked for every half minute.</summary>
    private const int ClosedAfterSeconds = IdleSeconds + 40;

    public static async Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var companies = options.Get("companies", 1_000);
        var documents = options.Get("documents", 1_000);
        var seconds = options.Get("seconds", 10);
        string[] serve = ["serve", "--set", $"Search:IdleSecondsMax={IdleSeconds}"];
        var clock = Stopwatch.StartNew();
        var (data, tokens) = await CompanySet.WriteAsync(companies, documents, cancellationToken);
        var written = clock.Elapsed;
        var (dataAlone, tokensAlone) = await CompanySet.WriteAsync(1, documents, cancellationToken);

        await using var alone = await ServerProcess.StartAsync(serve, options, cancellationToken, dataAlone);
        await WaitForAsync(alone, tokensAlone, documents, cancellationToken);
        clock.Restart();
        await using var many = await ServerProcess.StartAsync(serve, options, cancellationToken, data);
        await WaitForAsync(many, tokens, documents, cancellationToken);
        var indexed = clock.Elapsed;

        var table = new BenchTable($"{companies:#,0} companies with {documents:#,0} documents each")
            .Add("written", companies * (double)documents / written.TotalSeconds, "/s")
            .Add("searchable after", indexed.TotalSeconds, "s");
        await CompareAsync(table, alone, tokensAlone[0], many, tokens[companies / 2], seconds, cancellationToken);
        await AddSpreadAsync(table, many, tokens, cancellationToken);
        return table;
    }

    /// <summary>Waits until every company finds all of its documents.</summary>
    private static async Task WaitForAsync(
        ServerProcess server, string[] tokens, int documents, CancellationToken cancellationToken)
    {
        using var search = await CompanySearch.ConnectAsync(server, cancellationToken);
        foreach (var token in Enumerable.Reverse(tokens))
        {
            while (await search.CountAsync(token) < documents)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
            }
        }
    }

    private static async Task CompareAsync(
        BenchTable table,
        ServerProcess alone,
        string tokenAlone,
        ServerProcess many,
        string token,
        int seconds,
        CancellationToken cancellationToken)
    {
        using var first = await CompanySearch.ConnectAsync(alone, cancellationToken);
        using var second = await CompanySearch.ConnectAsync(many, cancellationToken);
        var (one, among) = await Alternation.RunAsync(
            seconds, (alone, () => first.SearchAsync(tokenAlone)), (many, () => second.SearchAsync(token)));
        table.Add("alone, p50", one.MedianMicroseconds, "us")
            .Add("among the others, p50", among.MedianMicroseconds, "us")
            .Add("more than alone, p50", ((among.MedianMicroseconds / one.MedianMicroseconds) - 1) * 100, "%", "goal: at most 20")
            .Add("more than alone, server CPU", ((among.CpuSeconds / among.Latencies.Count / (one.CpuSeconds / one.Latencies.Count)) - 1) * 100, "%", "goal: at most 20");
    }

    /// <summary>One search in each company, which opens all indexes, and what is left open once nobody asks any more.</summary>
    private static async Task AddSpreadAsync(
        BenchTable table, ServerProcess server, string[] tokens, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(ClosedAfterSeconds), TimeProvider.System, cancellationToken);
        table.Add("idle: open handles", server.OpenHandles(), "").Add("idle: memory", server.ResidentMegabytes(), "MB");
        using var search = await CompanySearch.ConnectAsync(server, cancellationToken);
        var ticks = new List<long>();
        var handles = 0;
        foreach (var token in tokens)
        {
            var began = Stopwatch.GetTimestamp();
            await search.SearchAsync(token);
            ticks.Add(Stopwatch.GetTimestamp() - began);
            handles = Math.Max(handles, server.OpenHandles());
        }

        var opening = new Latencies();
        opening.AddRange(ticks);
        table.Add("first search in a closed index, p50", opening.Milliseconds(0.5), "ms")
            .Add("first search in a closed index, p99", opening.Milliseconds(0.99), "ms")
            .Add("one search in each: most open handles", handles, "")
            .Add("one search in each: memory", server.ResidentMegabytes(), "MB");
        await Task.Delay(TimeSpan.FromSeconds(ClosedAfterSeconds), TimeProvider.System, cancellationToken);
        table.Add("idle again: open handles", server.OpenHandles(), "")
            .Add("idle again: memory", server.ResidentMegabytes(), "MB");
    }
}
