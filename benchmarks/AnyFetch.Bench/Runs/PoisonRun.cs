using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AnyFetch.Bench.Runs;

/// <summary>
/// One company whose PDFs keep their tool busy until its time is over, beside one with ordinary files: how fast the second's become
/// searchable, with the first and without, by turns.
/// </summary>
internal static class PoisonRun
{
    /// <summary>Twice as many as its hydrater takes at once, so that some hold a tool and some wait.</summary>
    private const int Poison = 4;

    private const int Pairs = 2;
    private const string Email = "poison@anyfetch.local";

    /// <summary>Until then the server counts them as slow, as it does most of the time that they take.</summary>
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(5);

    public static async Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var count = options.Get("documents", 2_000);
        using var directory = new BenchDirectory();
        await using var server = await ServerProcess.StartAsync(["serve"], options, cancellationToken);
        using var stranger = await AddCompanyAsync(server, cancellationToken);
        var rounds = new Rounds(server, directory.Path, count);
        var table = new BenchTable($"{count:#,0} ordinary files, one in ten a PDF, beside a company whose PDFs never end");
        await rounds.MeasureAsync(cancellationToken);
        double alone = 0, beside = 0;
        for (var pair = 1; pair <= Pairs; pair++)
        {
            alone += await rounds.MeasureAsync(cancellationToken);
            var poison = new SampleFiles(Path.Combine(directory.Path, "poison"), 3) { Prefix = $"poison-{pair}-" };
            var endless = Enumerable.Range(0, Poison).Select(_ => poison.WriteEndlessPdf()).ToList();
            await Uploads.SendAsync(stranger, endless, cancellationToken);
            await Task.Delay(s_settle, TimeProvider.System, cancellationToken);
            beside += await rounds.MeasureAsync(cancellationToken);
        }

        return table
            .Add("alone", count * Pairs / alone, "/s")
            .Add("beside", count * Pairs / beside, "/s")
            .Add("ratio", alone / beside, "");
    }

    /// <summary>A company below the bench's own, and a client that is its only user.</summary>
    private static async Task<HttpClient> AddCompanyAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        var user = new JsonObject { ["email"] = Email, ["name"] = "Poison", ["password"] = ServerProcess.Password };
        using var added = await server.Http.PostAsJsonAsync(new Uri("users", UriKind.Relative), user, cancellationToken);
        added.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await added.Content.ReadAsStringAsync(cancellationToken));
        var company = new JsonObject { ["user"] = json.RootElement.GetProperty("id").GetString(), ["name"] = "poison" };
        using var made = await server.Http.PostAsJsonAsync(new Uri("subcompanies", UriKind.Relative), company, cancellationToken);
        made.EnsureSuccessStatusCode();
        var http = new HttpClient { BaseAddress = server.Http.BaseAddress };
        await ServerProcess.SignInAsync(http, Email, cancellationToken);
        return http;
    }

    /// <summary>The ordinary company's files, a round at a time.</summary>
    private sealed class Rounds(ServerProcess server, string directory, int count)
    {
        private int _done;

        /// <summary>
        /// Seconds until the files of one more round are found. It begins when nothing is left to draw of the ones before, nor of
        /// documents that are stuck.
        /// </summary>
        internal async Task<double> MeasureAsync(CancellationToken cancellationToken)
        {
            var files = Write();
            var clock = Stopwatch.StartNew();
            await Uploads.SendAsync(server.Http, files, cancellationToken);
            await server.WaitForCountAsync("search=everyfilehasthisword", (long)count * ++_done, cancellationToken);
            var seconds = clock.Elapsed.TotalSeconds;
            await server.WaitUntilHydratedAsync(cancellationToken);
            return seconds;
        }

        /// <summary>Names tell documents apart, so each round has its own.</summary>
        private List<string> Write()
        {
            var files = new SampleFiles(Path.Combine(directory, $"{_done}"), 20 + _done) { Prefix = $"round-{_done}-" };
            return [.. Enumerable.Range(0, count)
                .Select(n => n % 10 == 0 ? files.WritePdf(2, pictureBytes: 10_000) : files.WriteText(4_000))];
        }
    }
}
