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

    private const int Pairs = 4;
    private const string Email = "poison@anyfetch.local";

    /// <summary>Until then the server counts them as slow, as it does most of the time that they take.</summary>
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(5);

    public static async Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var count = options.Get("documents", 2_000);
        using var directory = new BenchDirectory();
        var files = new Files(directory.Path, count);
        double alone = 0, beside = 0;
        for (var pair = 0; pair < Pairs; pair++)
        {
            alone += await MeasureAsync(files, isBeside: false, options, cancellationToken);
            beside += await MeasureAsync(files, isBeside: true, options, cancellationToken);
        }

        return new BenchTable($"{count:#,0} ordinary files, one in ten a PDF, beside a company whose PDFs never end")
            .Add("alone", count * Pairs / alone, "/s")
            .Add("beside", count * Pairs / beside, "/s")
            .Add("ratio", alone / beside, "");
    }

    /// <summary>
    /// Seconds until the ordinary company's files are found, on a server of its own, since files that never end are in work for long on
    /// a machine that has much to do. The first files warm it up.
    /// </summary>
    private static async Task<double> MeasureAsync(Files files, bool isBeside, BenchOptions options, CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(["serve"], options, cancellationToken);
        await files.SendAsync(server, 1, cancellationToken);
        await server.WaitUntilHydratedAsync(cancellationToken);
        using var stranger = await AddCompanyAsync(server, cancellationToken);
        if (isBeside)
        {
            await Uploads.SendAsync(stranger, files.Endless(), cancellationToken);
        }

        await Task.Delay(s_settle, TimeProvider.System, cancellationToken);
        return await files.SendAsync(server, 2, cancellationToken);
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

    /// <summary>What the companies keep. Names tell documents apart, so each list has its own.</summary>
    private sealed class Files(string directory, int count)
    {
        private int _lists;

        /// <summary>PDFs that their tool does not come to the end of.</summary>
        internal List<string> Endless()
        {
            var files = New("endless");
            return [.. Enumerable.Range(0, Poison).Select(_ => files.WriteEndlessPdf())];
        }

        /// <summary>Sends a list of ordinary files, and tells after how many seconds all of this and earlier lists are found.</summary>
        internal async Task<double> SendAsync(ServerProcess server, int lists, CancellationToken cancellationToken)
        {
            var files = New("ordinary");
            List<string> paths = [.. Enumerable.Range(0, count)
                .Select(n => n % 10 == 0 ? files.WritePdf(2, pictureBytes: 10_000) : files.WriteText(4_000))];
            var clock = Stopwatch.StartNew();
            await Uploads.SendAsync(server.Http, paths, cancellationToken);
            await server.WaitForCountAsync("search=everyfilehasthisword", (long)count * lists, cancellationToken);
            return clock.Elapsed.TotalSeconds;
        }

        private SampleFiles New(string kind) => new(Path.Combine(directory, $"{++_lists}"), 20 + _lists) { Prefix = $"{kind}-{_lists}-" };
    }
}
