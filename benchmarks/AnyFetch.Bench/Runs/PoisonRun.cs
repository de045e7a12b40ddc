using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AnyFetch.Bench.Runs;

/// <summary>
/// One company whose PDFs keep their tool busy until its time is over, beside one with ordinary files: how fast the second's become
/// searchable, with the first and without.
/// </summary>
internal static class PoisonRun
{
    private const int Poison = 8;
    private const string Email = "poison@anyfetch.local";

    /// <summary>Until then the server counts them as slow, as it does most of the time that they take.</summary>
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(5);

    public static async Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var count = options.Get("documents", 600);
        using var directory = new BenchDirectory();
        var rounds = Enumerable.Range(0, 3).Select(round => WriteRound(Path.Combine(directory.Path, $"{round}"), round, count)).ToList();
        var poison = new SampleFiles(Path.Combine(directory.Path, "poison"), 3);
        await using var server = await ServerProcess.StartAsync(["serve"], options, cancellationToken);
        using var stranger = await AddCompanyAsync(server, cancellationToken);
        await MeasureAsync(server, rounds[0], count, cancellationToken);
        var alone = await MeasureAsync(server, rounds[1], count * 2, cancellationToken);
        await Uploads.SendAsync(
            stranger, Enumerable.Range(0, Poison).Select(_ => poison.WriteEndlessPdf()).ToList(), cancellationToken);
        await Task.Delay(s_settle, TimeProvider.System, cancellationToken);
        var beside = await MeasureAsync(server, rounds[2], count * 3, cancellationToken);
        return new BenchTable($"{count:#,0} ordinary files, one in ten a PDF, beside a company whose PDFs never end")
            .Add("alone", count / alone, "/s")
            .Add("beside", count / beside, "/s")
            .Add("ratio", alone / beside, "");
    }

    private static List<string> WriteRound(string directory, int round, int count)
    {
        // Names tell documents apart, so each round has its own.
        var files = new SampleFiles(directory, 20 + round) { Prefix = $"round-{round}-" };
        return [.. Enumerable.Range(0, count).Select(n => n % 10 == 0 ? files.WritePdf(2, pictureBytes: 10_000) : files.WriteText(4_000))];
    }

    private static async Task<double> MeasureAsync(
        ServerProcess server, List<string> files, long expected, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await Uploads.SendAsync(server.Http, files, cancellationToken);
        await server.WaitForCountAsync("search=everyfilehasthisword", expected, cancellationToken);
        return clock.Elapsed.TotalSeconds;
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
}
