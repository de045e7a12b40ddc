using System.Diagnostics;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Search.Companies;
using AnyFetch.Search.Mapping;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AnyFetch.Search.Bench;

/// <summary>
/// Whether a value that is compared exactly is in the index, as the deduplicator asks of every new document's hash: mostly it is
/// not.
/// </summary>
internal static class ExactRun
{
    private const int Documents = 200_000;
    private const int BatchSize = 1_000;
    private const int Questions = 100_000;

    public static async Task RunAsync(string directory, MappingCache mappings)
    {
        var options = Options.Create(new SearchOptions { DataDirectory = Path.Combine(directory, "exact") });
        await using var registry = new IndexRegistry(options, TimeProvider.System);
        var index = new SearchIndex(registry, mappings, new BenchFeed(), TimeProvider.System, NullLogger<SearchIndex>.Instance);
        for (var first = 0; first < Documents; first += BatchSize)
        {
            var batch = Enumerable.Range(first, BatchSize).Select(Make)
                .Select(d => new FeedEntry(new FeedPosition(0, d.Id.Value.Seconds), Corpus.Company, d.Id, d));
            await index.ApplyAsync(Corpus.Company, [.. batch], CancellationToken.None);
        }

        // The first round warms up.
        await AskAsync(index, isThere: false);
        await AskAsync(index, isThere: true);
        Console.WriteLine($"exact value: {await AskAsync(index, isThere: false)}");
        Console.WriteLine($"exact value: {await AskAsync(index, isThere: true)}");
    }

    private static async Task<string> AskAsync(SearchIndex index, bool isThere)
    {
        var values = Enumerable.Range(isThere ? 0 : Documents, Questions).Select(Value).ToList();
        var cpu = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        var held = 0;
        foreach (var value in values)
            held += await index.MayHoldAsync(Corpus.Company, "hash", value, CancellationToken.None) ? 1 : 0;
        return $"{held:#,0} of {Questions:#,0} held, {Stopwatch.GetElapsedTime(began).TotalMicroseconds / Questions:0.00} us, "
            + $"{(Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / Questions:0.00} of CPU";
    }

    private static Document Make(int number) => new()
    {
        Id = new DocumentId(new ObjectId((uint)number + 1, 8)),
        Company = Corpus.Company,
        Provider = new(new ObjectId(2, 1)),
        Identifier = Identifier.Parse($"exact-{number}"),
        Type = Corpus.Types[0],
        CreationDate = DateTimeOffset.UnixEpoch,
        ModificationDate = DateTimeOffset.UnixEpoch,
        Metadata = JsonFields.FromText($$"""{"hash":"{{Value(number)}}"}"""),
    };

    private static string Value(int number) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(number)));
}
