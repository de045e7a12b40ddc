using AnyFetch.Client;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.EndToEnd;

/// <summary>
/// The promise of design rule 1: what was acknowledged is there. A real server is killed at random instructions under
/// load; then what clients were told is compared with what the server has.
/// </summary>
public sealed class KillTests
{
    private const int Workers = 12;
    private const int SearchPageMax = 1000;

    /// <summary>More with <c>ANYFETCH_TEST_KILLS=100 ./test Server</c>.</summary>
    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("ANYFETCH_TEST_KILLS"), out var kills) ? kills : 8;

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_when_the_server_is_killed_again_and_again()
    {
        using var data = new TempDirectory();
        await using var server = new ServerChild(data.Path);
        var random = new Random(20_261_121);
        await server.StartAsync();
        var token = await server.GetTokenAsync();
        var workers = Enumerable.Range(0, Workers).Select(n => new KillWorker(server.Url, token, n)).ToList();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var stop = new CancellationTokenSource();
            var load = Task.WhenAll(workers.Select(w => Task.Run(() => w.WorkAsync(stop.Token))));

            // So much work that the kill meets some, on whatever machine; then any instruction.
            var enough = workers.Sum(w => w.Acknowledged) + Workers + random.Next(Workers * 40);
            await Eventually.TrueAsync(
                () => workers.Sum(w => w.Acknowledged) > enough, TimeSpan.FromSeconds(120), "changes are acknowledged");
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 100)), TimeProvider.System);
            await server.KillAsync();
            await stop.CancelAsync();
            await load;
            await server.StartAsync();
            foreach (var worker in workers)
            {
                await worker.CheckAsync();
            }
        }

        Assert.True(workers.Sum(w => w.Acknowledged) > Kills * Workers, "There was no load to speak of.");
        await AllFilesAreHydratedAsync(workers);
        await SearchAgreesAsync(server, token, workers);
    }

    /// <summary>A file whose upload was acknowledged is hydrated in the end, whoever died in between.</summary>
    private static async Task AllFilesAreHydratedAsync(List<KillWorker> workers)
    {
        IReadOnlyList<string> missing = [];
        try
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    missing = [.. (await Task.WhenAll(workers.Select(w => w.ListUnhydratedAsync()))).SelectMany(m => m)];
                    return missing.Count == 0;
                },
                TimeSpan.FromSeconds(300));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{missing.Count} files were never hydrated: {string.Join("; ", missing.Take(5))}");
        }
    }

    private static async Task SearchAgreesAsync(ServerChild server, string token, List<KillWorker> workers)
    {
        var client = new AnyFetchClient(server.Http, server.Url, AnyFetchCredentials.Bearer(token));
        var there = new HashSet<string>();
        foreach (var worker in workers)
        {
            there.UnionWith(await worker.ListThereAsync());
        }

        await TestServer.WaitForCountAsync(client, new DocumentSearch(), there.Count);
        var found = new HashSet<string>();
        await foreach (var hit in client.Documents.SearchAllAsync(new DocumentSearch { Limit = SearchPageMax }, default))
        {
            found.Add(hit.Identifier);
        }

        Assert.Equal(there.Order(), found.Order());
    }
}
