using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>
/// Nasty files through a whole server: each ends in success or in one clear permanent error, and afterwards nothing is left of
/// them. <c>ANYFETCH_NASTY=all ./test Server</c> damages each sample at every tenth and in ten ways, and has LibreOffice and
/// tesseract look at what is left of it.
/// </summary>
public sealed class NastyFileTests
{
    private const int Senders = 4;

    /// <summary>The runtime keeps for a while what it once had; the trees of these pages alone would take more.</summary>
    private const int ResidentMegabytesMax = 800;

    private static bool IsWhole => Environment.GetEnvironmentVariable("ANYFETCH_NASTY") == "all";

    /// <summary>The slow tools, whose own tests show what they do with damaged files.</summary>
    private static readonly string[] s_slow = ["office", "ocr", "pdfocr"];

    [Fact]
    public async Task Every_nasty_file_ends_in_success_or_one_clear_error_and_leaves_nothing()
    {
        using var data = new TempDirectory();
        using var temp = new TempDirectory();
        await using var server = new ServerChild(data.Path, "Hydraters:WorkerIdleSeconds=1") { Temp = temp.Path };
        await server.StartAsync();
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await server.GetTokenAsync());
        await ChooseHydratersAsync(server);

        var files = NastyFiles.All(IsWhole ? 9 : 2, IsWhole ? 10 : 1, withSlow: IsWhole).ToList();
        var sent = await SendAsync(server, files);
        await Eventually.TrueAsync(async () => await UnfinishedAsync(server, sent) is [], TimeSpan.FromMinutes(IsWhole ? 60 : 8));

        var faults = new List<string>();
        foreach (var (id, name) in sent)
        {
            faults.AddRange(Judge(name, await RawAsync(server, id)));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(200, (await RawAsync(server, sent.Single(s => s.Value == "fan-out.eml").Key))
            .GetProperty("data").GetProperty("children").GetArrayLength());
        await NothingIsLeftAsync(server, temp.Path);
    }

    private static async Task NothingIsLeftAsync(ServerChild server, string temp)
    {
        // What was in the files that were sent may still be read.
        await Eventually.TrueAsync(() => Children(server.ProcessId).Count == 0, TimeSpan.FromSeconds(240), "no process is left");
        await Eventually.TrueAsync(
            () => Directory.GetFileSystemEntries(temp).All(entry => !Path.GetFileName(entry).Contains("anyfetch", StringComparison.Ordinal)),
            what: "no folder is left");
        var resident = File.ReadLines($"/proc/{server.ProcessId}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        var megabytes = long.Parse(resident.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        Assert.InRange(megabytes, 0, ResidentMegabytesMax);
    }

    private static List<string> Children(int process) =>
        [.. Directory.GetDirectories("/proc").Where(p => IsChild(p, process))];

    private static bool IsChild(string process, int parent)
    {
        try
        {
            return int.TryParse(Path.GetFileName(process), out _)
                && File.ReadAllText(process + "/stat").Split(')')[^1].Split(' ')[2] == parent.ToString(CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task ChooseHydratersAsync(ServerChild server)
    {
        if (IsWhole)
        {
            return;
        }

        using var reply = await server.Http.GetAsync("hydraters");
        var all = (await reply.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray()
            .Where(h => !s_slow.Contains(h.GetProperty("short_name").GetString()))
            .Select(h => (JsonNode)h.GetProperty("url").GetString()!);
        using var patched = await server.Http.PatchAsJsonAsync("company", new JsonObject { ["hydraters"] = new JsonArray([.. all]) });
        Assert.True(patched.IsSuccessStatusCode, await patched.Content.ReadAsStringAsync());
    }

    /// <summary>The files' names by the documents' ids.</summary>
    private static async Task<Dictionary<string, string>> SendAsync(ServerChild server, List<(string Name, byte[] Content)> files)
    {
        var ids = new string[files.Count];
        await Parallel.ForAsync(0, files.Count, new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (i, stop) =>
        {
            var document = new JsonObject
            {
                ["identifier"] = $"nasty {i}",
                ["metadata"] = new JsonObject { ["path"] = "/" + files[i].Name },
            };
            using var reply = await server.Http.PostAsJsonAsync("documents", document, stop);
            reply.EnsureSuccessStatusCode();
            ids[i] = (await reply.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("id").GetString()!;
            using var content = new MultipartFormDataContent();
            content.Add(new ByteArrayContent(files[i].Content), "file", "file");
            using var uploaded = await server.Http.PostAsync($"documents/{ids[i]}/file", content, stop);
            Assert.True(uploaded.IsSuccessStatusCode, files[i].Name + await uploaded.Content.ReadAsStringAsync(stop));
        });
        return ids.Zip(files).ToDictionary(pair => pair.First, pair => pair.Second.Name);
    }

    private static async Task<List<string>> UnfinishedAsync(ServerChild server, Dictionary<string, string> sent)
    {
        foreach (var (id, name) in sent)
        {
            // The first one that is still at work is enough to know.
            var raw = await RawAsync(server, id);
            if (raw.ValueKind == JsonValueKind.Object && raw.TryGetProperty("hydrations", out _) && !IsDone(raw))
            {
                return [name];
            }
        }

        return [];
    }

    private static bool IsDone(JsonElement raw)
    {
        var runs = raw.GetProperty("hydrations").EnumerateArray().ToList();
        return runs.Count > 0 && runs.TrueForAll(run => run.GetProperty("state").GetString() != "hydrating");
    }

    /// <summary>A document that its hydrater deleted, such as a calendar's, is as good as one that was read.</summary>
    private static IEnumerable<string> Judge(string name, JsonElement raw)
    {
        if (!raw.TryGetProperty("hydrations", out var runs))
        {
            yield break;
        }

        foreach (var run in runs.EnumerateArray().Where(run => run.GetProperty("state").GetString() == "errored"))
        {
            var error = run.GetProperty("error").GetString() ?? "";
            var isClear = error.StartsWith("HydrationError: ", StringComparison.Ordinal) || error == "Task took too long.";
            if (!isClear || error.Contains("/tmp", StringComparison.Ordinal) || error.Contains("its reader", StringComparison.Ordinal))
            {
                yield return $"{name}: {run.GetProperty("url").GetString()}: {error}";
            }
        }
    }

    private static async Task<JsonElement> RawAsync(ServerChild server, string id)
    {
        using var reply = await server.Http.GetAsync($"documents/{id}/raw");
        return await reply.Content.ReadFromJsonAsync<JsonElement>();
    }
}
