using System.Globalization;
using AnyFetch.Search.Bench;

// Measures the search engine alone, and Lucene beside it when it is installed:
// ./bench engine [documents=1000000] [words=80] [lucene=no] [parts] [rate=2000] [only=prefix] [runs=300]
const int FollowSeconds = 20;
var options = args.Select(a => a.Split('=', 2)).ToDictionary(p => p[0], p => p.ElementAtOrDefault(1) ?? "");
if (options.Keys.Except(["documents", "words", "lucene", "parts", "rate", "only", "runs"]).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"'{unknown}' is not known. Known are documents, words, lucene=no, parts, rate, only and runs.");
    return 64;
}

var documents = Number("documents", 100_000);
var directory = Directory.CreateTempSubdirectory("anyfetch-bench-").FullName;
try
{
    var classes = QueryClasses.Make().Where(c => c.Name.Contains(options.GetValueOrDefault("only", ""), StringComparison.Ordinal)).ToList();
    var hasLucene = options.GetValueOrDefault("lucene") != "no";
    CorpusFile.WriteQueries(directory, classes);
    using var engine = new EngineRun(directory, Number("runs", 300));
    var corpus = new Corpus(1, Number("words", 80));
    await engine.IngestAsync(corpus, documents, hasLucene ? CorpusFile.PathIn(directory) : null);
    if (options.ContainsKey("parts"))
        IndexParts.Print(directory);
    await engine.SearchAsync(classes);
    await engine.SuggestAsync(43);
    await engine.AskExactAsync(directory);
    await engine.FollowAsync(corpus, documents, Number("rate", 2_000), FollowSeconds);
    var lucene = hasLucene ? await LuceneRun.RunAsync(directory) : null;
    Print(engine.Measured, lucene);
    return 0;
}
finally
{
    Directory.Delete(directory, recursive: true);
}

int Number(string name, int otherwise) =>
    options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

void Print(Measurement ours, Measurement? lucene)
{
    Console.WriteLine($"{documents:#,0} documents, top 20, count, three facets, permissions; p50 / p99 in ms");
    Console.WriteLine($"{"",-24}{"AnyFetch",20}{"hits",10}{"Lucene",20}{"hits",10}");
    foreach (var (name, (median, p99, hits)) in ours.Classes)
    {
        var other = lucene?.Classes.GetValueOrDefault(name);
        Console.WriteLine($"{name,-24}{$"{median:0.00} / {p99:0.00}",20}{hits,10}"
            + (other is { } o ? $"{$"{o.Median:0.00} / {o.P99:0.00}",20}{o.Hits,10}" : ""));
    }

    Console.WriteLine($"{"documents/s",-24}{ours.DocumentsPerSecond,20:#,0}{"",10}{lucene?.DocumentsPerSecond,20:#,0}");
    Console.WriteLine($"{"index, MB",-24}{ours.IndexBytes / 1e6,20:0.0}{"",10}{lucene?.IndexBytes / 1e6,20:0.0}");
}
