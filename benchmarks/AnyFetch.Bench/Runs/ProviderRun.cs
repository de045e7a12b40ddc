using AnyFetch.Bench.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Bench.Runs;

/// <summary>Documents through the provider library, from a source without latency: one by one and many at once, by turns.</summary>
internal static class ProviderRun
{
    private const int Rounds = 2;
    private const int Texts = 500;

    public static async Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var documents = options.Get("documents", 20_000);
        var text = new SampleText(4);
        var texts = Enumerable.Range(0, Texts).Select(_ => text.Text(800)).ToList();
        await using var server = await ServerProcess.StartAsync(["serve"], options, cancellationToken);
        await Ingest.RemoveHydratersAsync(server, cancellationToken);
        var table = new BenchTable($"{documents:#,0} documents through the provider library, source without latency");
        var best = new Dictionary<string, (double Rate, double Cpu, double Again)>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, concurrency, pageItems) in new[]
            {
                ("one by one, 1 task", 1, 1), ("one by one, 4 tasks", 4, 1), ("pages, 1 task", 1, 128), ("pages, 4 tasks", 4, 128),
            })
            {
                var source = new BenchSource { Items = documents, Texts = texts, Version = $"{round} {name}" };
                await using var library = await ProviderLibrary.StartAsync<BenchProvider>(
                    server,
                    services => services.AddSingleton(source),
                    provider =>
                    {
                        provider.Concurrency = concurrency;
                        provider.PageItemsMax = pageItems;
                    },
                    "{}",
                    cancellationToken);
                var cpu = server.CpuSeconds();
                var (seconds, _) = await library.RunAsync(documents, cancellationToken);
                cpu = server.CpuSeconds() - cpu;
                var (again, _) = await library.RunAsync(documents, cancellationToken);
                if (!best.TryGetValue(name, out var known) || known.Rate < documents / seconds)
                {
                    best[name] = (documents / seconds, cpu / documents * 1e6, documents / again);
                }
            }
        }

        foreach (var (name, (rate, cpu, again)) in best)
        {
            table.Add(name, rate, "/s").Add($"{name}: server CPU per document", cpu, "us")
                .Add($"{name}: listed again unchanged", again, "/s");
        }

        return table;
    }
}
