using System.Diagnostics;
using System.Globalization;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Search;
using AnyFetch.Search;
using AnyFetch.Search.Bench;
using AnyFetch.Search.Companies;
using AnyFetch.Search.Highlights;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Mapping;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

// Measures the search engine alone:
// dotnet run -c Release --project benchmarks/AnyFetch.Search.Bench -- [documents] [batch] [median words]
var numbers = args.Select(a => int.Parse(a, CultureInfo.InvariantCulture)).ToArray();
var documentCount = numbers.ElementAtOrDefault(0) is > 0 and var d ? d : 100_000;
var batchSize = numbers.ElementAtOrDefault(1) is > 0 and var b ? b : 2_000;
var corpus = new Corpus(1, numbers.ElementAtOrDefault(2) is > 0 and var w ? w : 80);
var directory = Directory.CreateTempSubdirectory("anyfetch-bench-").FullName;
try
{
    var options = Options.Create(new SearchOptions { DataDirectory = directory });
    using var catalog = new DocumentTypeCatalog(new BenchTypes(), TimeProvider.System);
    var mappings = new MappingCache(catalog);
    var documents = new Dictionary<DocumentId, Document>();
    await using (var registry = new IndexRegistry(options, TimeProvider.System))
        await IngestAsync(Index(registry));
    Analyze();
    var files = Directory.GetFiles(directory, "*", SearchOption.AllDirectories);
    Console.WriteLine($"size on disk       {files.Sum(f => new FileInfo(f).Length) / 1048576.0,8:0.0} MiB");
    await using (var registry = new IndexRegistry(options, TimeProvider.System))
    {
        var index = Index(registry);
        var opening = Stopwatch.StartNew();
        await index.SearchAsync(Request(null), CancellationToken.None);
        Console.WriteLine($"open               {opening.Elapsed.TotalMilliseconds,8:0.0} ms");
        await SearchAsync(index, new Highlighter(mappings, options));
    }

    void Analyze()
    {
        var terms = new DocumentTerms();
        var cpuBegan = Environment.CpuUsage.TotalTime;
        foreach (var document in documents.Values)
            terms.Read(document.Metadata, MappingReader.Default);
        var cpu = Environment.CpuUsage.TotalTime - cpuBegan;
        Console.WriteLine($"analysis CPU       {cpu.TotalMicroseconds / documentCount,8:0.0} us/document");
    }

    SearchIndex Index(IndexRegistry registry) =>
        new(registry, mappings, new BenchFeed(), TimeProvider.System, NullLogger<SearchIndex>.Instance);

    async Task IngestAsync(SearchIndex index)
    {
        var spent = TimeSpan.Zero;
        var cpu = TimeSpan.Zero;
        long bytes = 0;
        for (var first = 0; first < documentCount; first += batchSize)
        {
            var batch = new List<FeedEntry>();
            for (var i = first; i < Math.Min(first + batchSize, documentCount); i++)
            {
                var document = corpus.Make(i);
                bytes += document.Metadata.Utf8.Length;
                documents.Add(document.Id, document);
                batch.Add(new FeedEntry(new FeedPosition(0, i + 1), Corpus.Company, document.Id, document));
            }

            var began = Stopwatch.GetTimestamp();
            var cpuBegan = Environment.CpuUsage.TotalTime;
            await index.ApplyAsync(Corpus.Company, batch, CancellationToken.None);
            spent += Stopwatch.GetElapsedTime(began);
            cpu += Environment.CpuUsage.TotalTime - cpuBegan;
        }

        Console.WriteLine($"documents          {documentCount,8} of {bytes / documentCount} bytes");
        Console.WriteLine($"ingest             {documentCount / spent.TotalSeconds,8:0} documents/s");
        Console.WriteLine($"ingest CPU         {cpu.TotalMicroseconds / documentCount,8:0.0} us/document");
    }

    async Task SearchAsync(SearchIndex index, Highlighter highlighter)
    {
        Console.WriteLine($"{"ms",-28}{"p50",9}{"p99",9}{"highl.p50",10}{"CPU",9}{"hits",10}");
        await MeasureAsync("two random terms", () => $"{Any()} {Any()}");
        await MeasureAsync("two terms, common", () => $"{Common()} {Common()}");
        await MeasureAsync("common and medium", () => $"{Common()} {Medium()}");
        await MeasureAsync("one common", Common);
        await MeasureAsync("one medium", Medium);
        await MeasureAsync("common or medium", () => $"{Common()} OR {Medium()}");
        await MeasureAsync("three terms or", () => $"{Common()} OR {Common()} OR {Medium()}");
        await MeasureAsync("two terms, loose", () => $"{Common()} {Medium()}", r => r with { IsStrict = false });
        await MeasureAsync("phrase", () => $"\"{Common()} {Common()}\"");
        await MeasureAsync("prefix", () => Medium()[..4] + "*");
        await MeasureAsync("fuzzy", () => Medium() + "~");
        await MeasureAsync("in title", () => "title:" + Common());
        await MeasureAsync("everything", () => "");
        await SimilarAsync();

        string Any() => Corpus.Word(corpus.NextRank());
        string Common() => Corpus.Word(corpus.Next(10, 100));
        string Medium() => Corpus.Word(corpus.Next(1_000, 10_000));

        async Task SimilarAsync()
        {
            const int Runs = 300;
            var times = new List<double>();
            long hits = 0;
            long keywords = 0;
            var cpuBegan = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < Runs; i++)
            {
                var source = documents[new DocumentId(new((uint)corpus.Next(0, documentCount), 7))];
                var began = Stopwatch.GetTimestamp();
                var similar = await index.SimilarAsync(new SimilarRequest(source, Request(null)), CancellationToken.None);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                hits += similar.Found.Count;
                keywords += similar.Keywords.Count;
            }

            var cpu = (Environment.CpuUsage.TotalTime - cpuBegan).TotalMilliseconds / Runs;
            times.Sort();
            Console.WriteLine(
                $"{"similar",-28}{times[Runs / 2],9:0.00}{times[Runs * 99 / 100],9:0.00}{"",10}{cpu,9:0.00}{hits / Runs,10}"
                + $" with {keywords / Runs} keywords");
        }

        async Task MeasureAsync(string name, Func<string> query, Func<SearchRequest, SearchRequest>? change = null)
        {
            const int Runs = 300;
            var times = new List<double>();
            var highlights = new List<double>();
            long hits = 0;
            var cpuBegan = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < Runs; i++)
            {
                var request = Request(query());
                request = change?.Invoke(request) ?? request;
                var began = Stopwatch.GetTimestamp();
                var result = await index.SearchAsync(request, CancellationToken.None);
                var searched = Stopwatch.GetElapsedTime(began);
                var marker = highlighter.ForQuery(request.Query);
                foreach (var hit in result.Hits)
                    marker.Highlight(documents[hit.Id], 200);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                highlights.Add(times[^1] - searched.TotalMilliseconds);
                hits += result.Count;
            }

            var cpu = (Environment.CpuUsage.TotalTime - cpuBegan).TotalMilliseconds / Runs;
            times.Sort();
            highlights.Sort();
            Console.WriteLine(
                $"{name,-28}{times[Runs / 2],9:0.00}{times[Runs * 99 / 100],9:0.00}{highlights[Runs / 2],10:0.00}"
                + $"{cpu,9:0.00}{hits / Runs,10}");
        }
    }
}
finally
{
    Directory.Delete(directory, recursive: true);
}

static SearchRequest Request(string? query) =>
    new() { Company = Corpus.Company, Viewer = Corpus.Viewer, Query = query };
