using System.Diagnostics;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Search;
using AnyFetch.Search.Companies;
using AnyFetch.Search.Mapping;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AnyFetch.Search.Bench;

/// <summary>Our own engine: fills an index, then asks it what the classes say.</summary>
internal sealed class EngineRun : IDisposable
{
    private const int BatchSize = 2_000;
    private const int Runs = 300;

    private readonly DocumentTypeCatalog _catalog = new(new BenchTypes(), TimeProvider.System);
    private readonly MappingCache _mappings;
    private readonly IOptions<SearchOptions> _options;

    public EngineRun(string directory)
    {
        _options = Options.Create(new SearchOptions { DataDirectory = Path.Combine(directory, "index") });
        _mappings = new MappingCache(_catalog);
    }

    public Measurement Measured { get; } = new();

    public void Dispose() => _catalog.Dispose();

    /// <summary>Fills the index, and writes the corpus for the others.</summary>
    public async Task IngestAsync(Corpus corpus, int documents, string? corpusPath)
    {
        await using var registry = new IndexRegistry(_options, TimeProvider.System);
        var index = Index(registry);
        await using var lines = corpusPath is null ? null : new StreamWriter(corpusPath);
        var spent = TimeSpan.Zero;
        var cpu = TimeSpan.Zero;
        for (var first = 0; first < documents; first += BatchSize)
        {
            var batch = new List<FeedEntry>();
            for (var i = first; i < Math.Min(first + BatchSize, documents); i++)
            {
                var document = corpus.Make(i);
                lines?.WriteLine(CorpusFile.Line(document));
                batch.Add(new FeedEntry(new FeedPosition(0, i + 1), Corpus.Company, document.Id, document));
            }

            var began = Stopwatch.GetTimestamp();
            var cpuBegan = Environment.CpuUsage.TotalTime;
            await index.ApplyAsync(Corpus.Company, batch, CancellationToken.None);
            spent += Stopwatch.GetElapsedTime(began);
            cpu += Environment.CpuUsage.TotalTime - cpuBegan;
        }

        var closing = Stopwatch.GetTimestamp();
        await registry.CloseAsync(Corpus.Company);
        spent += Stopwatch.GetElapsedTime(closing);
        Measured.DocumentsPerSecond = documents / spent.TotalSeconds;
        Measured.IndexBytes = Directory.GetFiles(_options.Value.DataDirectory, "*", SearchOption.AllDirectories)
            .Sum(f => new FileInfo(f).Length);
        Console.WriteLine($"indexing: {cpu.TotalMicroseconds / documents:0.0} us of CPU a document while changes were applied");
    }

    /// <summary>Asks every class; what comes before the measured runs warms up.</summary>
    public async Task SearchAsync(IReadOnlyList<QueryClass> classes)
    {
        await using var registry = new IndexRegistry(_options, TimeProvider.System);
        var index = Index(registry);
        var opening = Stopwatch.StartNew();
        var all = await index.SearchAsync(Request(null), CancellationToken.None);
        Console.WriteLine($"opening and first search: {opening.Elapsed.TotalMilliseconds:0} ms, {all.Count:#,0} visible documents");
        foreach (var one in classes)
            await MeasureAsync(index, one);
        Console.WriteLine($"resident: {Environment.WorkingSet >> 20} MiB with mapped files, {GC.GetTotalMemory(true) >> 20} MiB managed");
    }

    private async Task MeasureAsync(SearchIndex index, QueryClass one)
    {
        var times = new List<double>();
        long hits = 0;
        var cpuBegan = TimeSpan.Zero;
        for (var run = -Runs; run < Runs; run++)
        {
            if (run == 0)
                cpuBegan = Environment.CpuUsage.TotalTime;
            var request = Request(one.Text((run + Runs) % one.Queries.Count)) with { IsPageOnly = one.Name == QueryClasses.TopOnly };
            var began = Stopwatch.GetTimestamp();
            var result = await index.SearchAsync(request, CancellationToken.None);
            if (run < 0)
                continue;
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            hits += request.IsPageOnly ? result.Hits.Count : result.Count;
        }

        var cpu = (Environment.CpuUsage.TotalTime - cpuBegan).TotalMilliseconds / Runs;
        Console.WriteLine($"{one.Name,-24}{cpu,8:0.000} ms of CPU a query");
        Measured.Add(one.Name, times, hits);
    }

    private SearchIndex Index(IndexRegistry registry) =>
        new(registry, _mappings, new BenchFeed(), TimeProvider.System, NullLogger<SearchIndex>.Instance);

    private static SearchRequest Request(string? query) =>
        new() { Company = Corpus.Company, Viewer = Corpus.Viewer, Query = query };
}
