using AnyFetch.Bench.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Bench.Runs;

/// <summary>
/// Memory of the provider library, in the bench's own process, while it lists a large source: everything into queue and
/// ledger on disk, then once more with everything unchanged.
/// </summary>
internal static class ListingRun
{
    public static async Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var documents = options.Get("documents", 1_000_000);
        await using var server = await ServerProcess.StartAsync(["serve"], options, cancellationToken);
        var source = new BenchSource { Items = documents };
        await using var library = await ProviderLibrary.StartAsync<BenchProvider>(
            server, services => services.AddSingleton(source), _ => { }, "{}", cancellationToken);
        var before = ProcessMemory.Own.ResidentMegabytes;
        ProcessMemory.Own.ResetPeak();

        // One document may be sent, so that what is measured is the listing.
        var (first, report) = await library.RunAsync(1, cancellationToken);
        var peak = ProcessMemory.Own.PeakMegabytes;
        ProcessMemory.Own.ResetPeak();
        var (again, _) = await library.RunAsync(1, cancellationToken, "&full=1");
        return new BenchTable($"{documents:#,0} items listed by the provider library")
            .Add("listed", report.GetProperty("seen").GetInt64(), "")
            .Add("process before", before, "MB")
            .Add("peak, first listing", peak, "MB", "goal: 150 for 5 million")
            .Add("peak, listed again", ProcessMemory.Own.PeakMegabytes, "MB", "goal: 150")
            .Add("first listing", documents / first, "/s")
            .Add("listed again, all waiting", documents / again, "/s")
            .Add("store on disk", library.StoreMegabytes(), "MB");
    }
}
