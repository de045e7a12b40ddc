using System.Collections.Concurrent;
using System.Globalization;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>
/// Random and mutated requests on every route of a real server. The same ones each time;
/// <c>ANYFETCH_FUZZ_SEED</c> makes others and <c>ANYFETCH_FUZZ_REQUESTS</c> more of them.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int RequestsDefault = 50_000;
    private const int SeedDefault = 20_261_121;
    private const int Workers = 6;
    private const int FaultsMax = 20;

    /// <summary>After so many requests a worker's callers are made anew, if nothing made it necessary before.</summary>
    private const int RequestsPerLife = 1_000;

    private readonly ConcurrentDictionary<string, string> _faults = new();
    private readonly ConcurrentDictionary<int, int> _statuses = new();

    [Fact]
    public async Task Whatever_is_sent_to_any_route_gets_a_documented_answer_and_nothing_of_others()
    {
        var requests = Setting("ANYFETCH_FUZZ_REQUESTS") ?? RequestsDefault;
        var seed = Setting("ANYFETCH_FUZZ_SEED") ?? SeedDefault;
        using var log = new FaultLog();
        await using var server = await TestServer.StartAsync(
            services => services.AddSingleton<ILoggerProvider>(log),
            ("Manager:SignUpsPerHourMax", "1000"), ("Api:FailedAttemptsPerMinuteMax", "10000"), ("Log:Level", "Error"),
            ("Images:TimeoutSeconds", "15"));
        var victim = await FuzzVictim.PlantAsync(server);
        var before = await victim.DescribeAsync();
        var routes = FuzzRoute.All(server.Services);

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(
            () => RunAsync(server, victim, routes, seed, worker, requests / Workers))));

        output.WriteLine($"Seed {seed}, {routes.Count} routes, statuses {string.Join(", ", _statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}"))}");
        Assert.True(_faults.IsEmpty, $"ANYFETCH_FUZZ_SEED={seed}\n{string.Join("\n", _faults.Select(f => $"{f.Key}\n    {f.Value}"))}\n{string.Join("\n", log.Faults)}");
        Assert.Equal(before, await victim.DescribeAsync());
    }

    private async Task RunAsync(
        TestServer server,
        FuzzVictim victim,
        IReadOnlyList<FuzzRoute> routes,
        int seed,
        int worker,
        int requests)
    {
        var scratch = new FuzzScratch(server, victim, $"s{worker}");
        var fuzzer = new RequestFuzzer(seed + worker, routes);
        using var connection = new FuzzConnection(server.Url.Port);
        var lived = RequestsPerLife;
        for (var i = 0; i < requests && _faults.Count < FaultsMax; i++)
        {
            if (lived++ >= RequestsPerLife)
            {
                await scratch.RenewAsync();
                lived = 0;
            }

            var request = fuzzer.Next(scratch.Callers, scratch.Names);
            var answer = await SendAsync(connection, request);
            if (answer is not null)
            {
                _statuses.AddOrUpdate(answer.Status, 1, (_, n) => n + 1);
                lived = IsShutOut(request, answer) ? RequestsPerLife : lived;
            }
        }
    }

    private async Task<FuzzAnswer?> SendAsync(FuzzConnection connection, FuzzRequest request)
    {
        FuzzAnswer? answer = null;
        string? fault;
        try
        {
            answer = await connection.SendAsync(request.ToBytes(), request.Method == "HEAD");
            fault = AnswerJudge.FindFault(request, answer);
        }
        catch (TimeoutException e)
        {
            fault = e.Message;
        }

        if (fault is not null)
        {
            _faults.TryAdd($"{request.Route.Method} {request.Route.Pattern}: {fault}", request.ToString());
        }

        return answer;
    }

    /// <summary>The caller's own credentials count no more, because of what some request before this one did.</summary>
    private static bool IsShutOut(FuzzRequest request, FuzzAnswer answer) =>
        request.IsCredentialWhole
        && request.Caller.Authorization is not null
        && answer.Status is 401 or 429
        && (answer.Text.Contains("InvalidCredentials", StringComparison.Ordinal) || answer.Status == 429)
        && request.Route.Kind == RouteKind.Api
        && !request.Route.Pattern.EndsWith("/update", StringComparison.Ordinal);

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;
}
