using System.Diagnostics;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Search.Companies;
using AnyFetch.Search.Following;
using AnyFetch.Search.Mapping;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AnyFetch.Search.Bench;

/// <summary>
/// The way from the feed to the index, as a server goes it: documents arrive at a steady rate, and each is noted with the time
/// until searches find it.
/// </summary>
internal static class FollowRun
{
    private const int TickMilliseconds = 5;
    private const int PatienceSeconds = 60;

    /// <summary>Prints how long documents took, on an index that holds some already.</summary>
    public static async Task RunAsync(
        IOptions<SearchOptions> options, MappingCache mappings, Corpus corpus, int held, int perSecond, int seconds)
    {
        var feed = new BenchFeed(held);
        var documents = Enumerable.Range(held, perSecond * seconds).Select(corpus.Make).ToList();
        await using var registry = new IndexRegistry(options, TimeProvider.System);
        var index = new SearchIndex(registry, mappings, feed, TimeProvider.System, NullLogger<SearchIndex>.Instance);
        using var follower = new SearchFollower(
            feed, index, registry, new BenchCompanies(), options, TimeProvider.System, NullLogger<SearchFollower>.Instance);
        await follower.StartAsync(CancellationToken.None);

        // The index must be open and up to the feed: its opening is measured elsewhere.
        var first = await MeasureAsync(feed, index, [documents[0]], held, perSecond);
        documents.RemoveAt(0);
        var cpu = Environment.CpuUsage.TotalTime;
        var milliseconds = await MeasureAsync(feed, index, documents, held + first.Count, perSecond);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        await follower.StopAsync(CancellationToken.None);
        milliseconds.Sort();
        Console.WriteLine($"from feed to searchable, {perSecond:#,0} documents/s on an index of {held:#,0}: "
            + $"p50 {milliseconds[milliseconds.Count / 2]:0} ms, p99 {milliseconds[milliseconds.Count * 99 / 100]:0} ms, "
            + $"{cpu.TotalMicroseconds / documents.Count:0} us of CPU a document");
    }

    private static async Task<List<double>> MeasureAsync(
        BenchFeed feed, SearchIndex index, List<Document> documents, int held, int perSecond)
    {
        var added = new long[documents.Count];
        var milliseconds = new List<double>(documents.Count);
        var clock = Stopwatch.StartNew();
        for (var next = 0; milliseconds.Count < documents.Count;)
        {
            for (; next < documents.Count && next < clock.Elapsed.TotalSeconds * perSecond; next++)
            {
                feed.Add(documents[next]);
                added[next] = Stopwatch.GetTimestamp();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(TickMilliseconds), TimeProvider.System);
            var found = (int)((await index.GetPositionAsync(Corpus.Company, "bench", CancellationToken.None)).Sequence - held);
            for (var i = milliseconds.Count; i < Math.Min(found, next); i++)
                milliseconds.Add(Stopwatch.GetElapsedTime(added[i]).TotalMilliseconds);
            if (clock.Elapsed.TotalSeconds > (double)documents.Count / perSecond + PatienceSeconds)
                throw new TimeoutException("The index does not follow the feed.");
        }

        return milliseconds;
    }
}
