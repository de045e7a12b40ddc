using System.Diagnostics;
using System.Globalization;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Storage;
using Microsoft.Extensions.DependencyInjection;

// Durable creations of documents with 1 KB of metadata by many concurrent callers, without HTTP:
// what the store alone costs. Usage: [documents] [callers] [PostgreSQL connection string]
var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200_000;
var callers = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 64;
var directory = Directory.CreateTempSubdirectory("anyfetch-bench-").FullName;
var options = new StorageOptions { DataDirectory = directory };
if (args.Length > 2)
{
    options.Type = StorageType.PostgreSql;
    options.ConnectionString = args[2];
}

await using (var services = new ServiceCollection().AddLogging().AddAnyFetchStorage(options).BuildServiceProvider())
{
    await new StoreBench(services, count, callers).RunAsync();
}

Directory.Delete(directory, recursive: true);

internal sealed class StoreBench(IServiceProvider services, int count, int callers)
{
    private readonly IDocumentStore _documents = services.GetRequiredService<IDocumentStore>();
    private readonly IChangeFeed _feed = services.GetRequiredService<IChangeFeed>();
    private readonly CompanyId _company = new(ObjectId.New(TimeProvider.System.GetUtcNow()));
    private readonly AccessTokenId _provider = new(ObjectId.New(TimeProvider.System.GetUtcNow()));
    private readonly JsonFields _metadata = JsonFields.FromText(
        $$"""{"title":"A document","path":"/a/b/c.txt","text":"{{new string('x', 950)}}"}""");
    private readonly double[] _milliseconds = new double[count];
    private int _next = -1;

    public async Task RunAsync()
    {
        await MeasureAsync("create", Create);
        _next = -1;
        await MeasureAsync("update", Update);
        await ReadFeedAsync();
    }

    private async Task MeasureAsync(string name, Func<Document?, int, DocumentDecision<bool>> decide)
    {
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => CallAsync(decide))));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var cpuSeconds = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        Array.Sort(_milliseconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {count / seconds:n0}/s, CPU {cpuSeconds / count * 1e6:n1} µs each, "
            + $"p50 {_milliseconds[count / 2]:n1} ms, p99 {_milliseconds[count * 99 / 100]:n1} ms, "
            + $"max {_milliseconds[^1]:n0} ms, {(GC.GetTotalAllocatedBytes() - allocated) / count:n0} B allocated each"));
    }

    private async Task CallAsync(Func<Document?, int, DocumentDecision<bool>> decide)
    {
        while (Interlocked.Increment(ref _next) is var number && number < count)
        {
            var started = Stopwatch.GetTimestamp();
            var identifier = Identifier.Parse($"https://example.org/documents/{number}");
            await _documents.ChangeAsync(
                DocumentKey.ByIdentifier(_company, _provider, identifier),
                stored => decide(stored, number),
                CancellationToken.None);
            _milliseconds[number] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
    }

    private DocumentDecision<bool> Create(Document? stored, int number)
    {
        var now = TimeProvider.System.GetUtcNow();
        var identifier = Identifier.Parse($"https://example.org/documents/{number}");
        var change = new DocumentChange { Metadata = _metadata };
        var id = new DocumentId(ObjectId.New(now));
        return DocumentDecision.Put(DocumentMerge.Create(id, _company, _provider, identifier, change, now), true);
    }

    private DocumentDecision<bool> Update(Document? stored, int number) =>
        DocumentDecision.Put(stored! with { ModificationDate = TimeProvider.System.GetUtcNow() }, true);

    private async Task ReadFeedAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var (position, read) = (FeedPosition.Start, 0);
        while (await _feed.ReadAsync(position, 500, null, CancellationToken.None) is { Count: > 0 } page)
        {
            position = page[^1].Position;
            read += page.Count;
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"feed: {read / seconds:n0}/s, {read:n0} entries"));
    }
}
