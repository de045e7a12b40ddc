using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.EndToEnd;

/// <summary>A server that is killed while it hydrates: in the end each file is hydrated once for each time it was asked.</summary>
public sealed class HydrationKillTests
{
    private const int Files = 1000;
    private const int Senders = 12;

    /// <summary>More kills until one met the run at work, on a machine on which this process is slower than the server.</summary>
    private const int MoreKillsMax = 10;

    /// <summary>Fewer or more with <c>HYDRATION_TEST_KILLS=100 ./test Server</c>.</summary>
    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("HYDRATION_TEST_KILLS"), out var kills) ? kills : 10;

    [Fact]
    public async Task A_thousand_files_are_each_hydrated_once_although_the_server_is_killed_meanwhile()
    {
        using var data = new TempDirectory();
        // Jobs that a killed server held are free again when their lease is over.
        await using var server = new ServerChild(data.Path, "Hydration:LeaseSeconds=5");
        var random = new Random(20_261_121);
        await server.StartAsync();
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await server.GetTokenAsync());
        var ids = await SendAsync(server);
        var before = await HydratedAsync(server, ids);

        var (killedAtWork, runs) = (0, 0);
        for (var kill = 0; kill < Kills || (killedAtWork == 0 && kill < Kills + MoreKillsMax); kill++)
        {
            if (await StateAsync(server) != "running")
            {
                await StartRunAsync(server);
                runs++;
            }

            if (kill < Kills)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(20, 700)), TimeProvider.System);
            }

            killedAtWork += await CountAsync(server) < Files ? 1 : 0;
            await server.KillAsync();
            await server.StartAsync();
        }

        await Eventually.TrueAsync(async () => await StateAsync(server) == "done", TimeSpan.FromSeconds(300), "the run is done");
        var after = await HydratedAsync(server, ids);
        Assert.True(killedAtWork > 0, "Nothing was at work when the server was killed.");
        Assert.Equal(ids.Select(id => before[id] + runs), ids.Select(id => after[id]));
        await Eventually.TrueAsync(async () => await FoundAsync(server) == Files, TimeSpan.FromSeconds(120), "all files are found");
    }

    private static async Task<int> FoundAsync(ServerChild server)
    {
        using var search = await server.Http.GetAsync("documents?limit=0&search=word");
        return (await search.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("count").GetInt32();
    }

    /// <summary>Files that stay (<c>source</c> null), so that they can be hydrated again.</summary>
    private static async Task<List<string>> SendAsync(ServerChild server)
    {
        var ids = new string[Files];
        await Parallel.ForAsync(0, Files, new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (i, stop) =>
        {
            var document = new JsonObject
            {
                ["identifier"] = $"file {i}",
                ["source"] = null,
                ["metadatas"] = new JsonObject { ["path"] = $"/{i}.txt" },
            };
            using var content = new MultipartFormDataContent();
            using var reply = await server.Http.PostAsJsonAsync("providers/documents", document, stop);
            reply.EnsureSuccessStatusCode();
            ids[i] = (await reply.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("id").GetString()!;
            content.Add(new ByteArrayContent("a word or two"u8.ToArray()), "file", "file.txt");
            using var uploaded = await server.Http.PostAsync($"documents/{ids[i]}/file", content, stop);
            uploaded.EnsureSuccessStatusCode();
        });
        return [.. ids];
    }

    private static async Task StartRunAsync(ServerChild server)
    {
        using var reply = await server.Http.PostAsJsonAsync("company/hydrate", new JsonObject());
        reply.EnsureSuccessStatusCode();
    }

    private static async Task<string?> StateAsync(ServerChild server)
    {
        using var reply = await server.Http.GetAsync("company/hydrate");
        return reply.IsSuccessStatusCode
            ? (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString()
            : null;
    }

    /// <summary>Documents that the run has begun.</summary>
    private static async Task<int> CountAsync(ServerChild server)
    {
        using var reply = await server.Http.GetAsync("company/hydrate");
        return (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("started").GetInt32();
    }

    /// <summary>Waits until all are hydrated, each by one run of plaintext; returns their generations.</summary>
    private static async Task<Dictionary<string, int>> HydratedAsync(ServerChild server, List<string> ids)
    {
        var generations = new Dictionary<string, int>();
        foreach (var id in ids)
        {
            JsonElement raw = default;
            try
            {
                await Eventually.TrueAsync(
                    async () => IsDone(raw = await RawAsync(server, id)), TimeSpan.FromSeconds(300));
            }
            catch (TimeoutException)
            {
                Assert.Fail($"A document was never hydrated: {raw}");
            }

            generations[id] = raw.GetProperty("hydration_generation").GetInt32();
        }

        return generations;
    }

    private static bool IsDone(JsonElement raw)
    {
        var runs = raw.GetProperty("hydrations").EnumerateArray().ToList();
        Assert.Equal(runs.Count, runs.Select(r => r.GetProperty("url").GetString()).Distinct().Count());
        return runs.Any(r => r.GetProperty("url").GetString()!.Contains("/plaintext/", StringComparison.Ordinal))
            && runs.TrueForAll(r => r.GetProperty("state").GetString() == "done");
    }

    private static async Task<JsonElement> RawAsync(ServerChild server, string id)
    {
        using var reply = await server.Http.GetAsync($"documents/{id}/raw");
        return await reply.Content.ReadFromJsonAsync<JsonElement>();
    }
}
