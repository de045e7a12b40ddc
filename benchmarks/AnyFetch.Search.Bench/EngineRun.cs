using System.Diagnostics;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Search;
using AnyFetch.Search.Companies;
using AnyFetch.Search.Mapping;
using AnyFetch.Search.Suggestions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AnyFetch.Search.Bench;

/// <summary>Our own engine: fills an index, then asks it what the classes say.</summary>
internal sealed class EngineRun : IDisposable
{
    private const int BatchSize = 2_000;

    private readonly DocumentTypeCatalog _catalog = new(new BenchTypes(), TimeProvider.System);
    private readonly MappingCache _mappings;
    private readonly IOptions<SearchOptions> _options;
    private readonly int _runs;

    public EngineRun(string directory, int runs)
    {
        _runs = runs;
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
        var cpuOfFirst = TimeSpan.Zero;
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
            if (first < documents / 10)
                cpuOfFirst = cpu;
        }

        var closing = Stopwatch.GetTimestamp();
        await registry.CloseAsync(Corpus.Company);
        spent += Stopwatch.GetElapsedTime(closing);
        Measured.DocumentsPerSecond = documents / spent.TotalSeconds;
        Measured.IndexBytes = Directory.GetFiles(_options.Value.DataDirectory, "*", SearchOption.AllDirectories)
            .Sum(f => new FileInfo(f).Length);
        Console.WriteLine($"indexing: {cpu.TotalMicroseconds / documents:0.0} us of CPU a document while changes were applied, "
            + $"{cpuOfFirst.TotalMicroseconds * 10 / documents:0.0} in the first tenth");
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
        for (var run = -_runs; run < _runs; run++)
        {
            if (run == 0)
                cpuBegan = Environment.CpuUsage.TotalTime;
            var request = Request(one.Text((run + _runs) % one.Queries.Count)) with { IsPageOnly = one.Name == QueryClasses.TopOnly };
            var began = Stopwatch.GetTimestamp();
            var result = await index.SearchAsync(request, CancellationToken.None);
            if (run < 0)
                continue;
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            hits += request.IsPageOnly ? result.Hits.Count : result.Count;
        }

        var cpu = (Environment.CpuUsage.TotalTime - cpuBegan).TotalMilliseconds / _runs;
        Console.WriteLine($"{one.Name,-24}{cpu,8:0.000} ms of CPU a query, {cpu * 1e6 * _runs / Math.Max(hits, 1),8:0} ns a match");
        Measured.Add(one.Name, times, hits);
    }

    /// <summary>Types words of the corpus letter by letter, and some of them wrongly.</summary>
    public async Task SuggestAsync(int seed)
    {
        await using var registry = new IndexRegistry(_options, TimeProvider.System);
        var index = Index(registry);
        var random = new Random(seed);
        foreach (var (name, type) in new (string, Func<string>)[]
        {
            ("completion, 2 letters", () => Word()[..2]),
            ("completion, 4 letters", () => Word()[..4]),
            ("completion of a 2nd word", () => $"{Corpus.Word(random.Next(10, 100))} {Word()[..3]}"),
            ("correction", () => Misspelt(Word()) + " "),
        })
        {
            var times = new List<double>();
            for (var run = -_runs / 4; run < _runs; run++)
            {
                var text = type();
                var began = Stopwatch.GetTimestamp();
                await index.ProposeAsync(
                    new SuggestionRequest(Corpus.Company, Corpus.Viewer, text, 8), TypedQuery.Read(text), 12, CancellationToken.None);
                if (run >= 0)
                    times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            times.Sort();
            Console.WriteLine($"{name,-26}p50 {times[times.Count / 2]:0.00} ms, p99 {times[times.Count * 99 / 100]:0.00} ms");
        }

        string Word() => Corpus.Word(random.Next(100, 20_000));

        static string Misspelt(string word) => word[..2] + word[3] + word[2] + word[4..];
    }

    /// <summary>Measures the way from the feed on this index, which holds so many documents.</summary>
    public Task FollowAsync(Corpus corpus, int held, int perSecond, int seconds) =>
        FollowRun.RunAsync(_options, _mappings, corpus, held, perSecond, seconds);

    /// <summary>Measures questions for exact values, on an index of its own.</summary>
    public Task AskExactAsync(string directory) => ExactRun.RunAsync(directory, _mappings);

    private SearchIndex Index(IndexRegistry registry) =>
        new(registry, _mappings, new BenchFeed(), TimeProvider.System, NullLogger<SearchIndex>.Instance);

    private static SearchRequest Request(string? query) =>
        new() { Company = Corpus.Company, Viewer = Corpus.Viewer, Query = query };
}
