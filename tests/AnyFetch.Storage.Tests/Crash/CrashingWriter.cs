using System.Diagnostics;
using System.Globalization;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Core.Pages;
using AnyFetch.Core.Queue;
using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Crash;

/// <summary>
/// A process that writes until it is killed, and says each time what was acknowledged to it. Each change counts a
/// document up and adds a job of the same number, in one transaction; each page does so for all of its documents.
/// </summary>
internal static class CrashingWriter
{
    public const string Queue = "crash";
    private const int Callers = 16;
    private const int DocumentsPerCaller = 10;

    /// <summary>Documents of each page.</summary>
    public const int PageDocuments = 10;

    private static int s_left;

    public static CompanyId Company { get; } = new(ObjectId.Parse("c00000000000000000000001"));

    public static AccessTokenId Provider { get; } = new(ObjectId.Parse("c00000000000000000000002"));

    public static async Task<int> Main(string[] arguments)
    {
        var options = new StorageOptions { DataDirectory = arguments[0] };
        s_left = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        if (arguments.Length > 2)
        {
            options.Type = StorageType.PostgreSql;
            options.ConnectionString = arguments[2];
        }

        await using var host = new StoreHost(options);
        var output = TextWriter.Synchronized(Console.Out);
        var pages = Task.Run(() => WritePagesAsync(host, output));
        await Task.WhenAll(
            [pages, .. Enumerable.Range(0, Callers).Select(caller => Task.Run(() => WriteAsync(host, caller, output)))]);
        return 0;
    }

    public static DocumentKey Key(string identifier) =>
        DocumentKey.ByIdentifier(Company, Provider, Identifier.Parse(identifier));

    public static int CountOf(Document document) => document.Metadata.Element.GetProperty("count").GetInt32();

    private static async Task WriteAsync(StoreHost host, int caller, TextWriter output)
    {
        var documents = host.Get<IDocumentStore>();
        for (var number = 0; ; number = (number + 1) % DocumentsPerCaller)
        {
            var identifier = $"{caller}/{number}";
            var count = await documents.ChangeAsync(
                Key(identifier), stored => CountUp(stored, identifier), CancellationToken.None);
            await AcknowledgeAsync(output, identifier, count);
        }
    }

    private static async Task WritePagesAsync(StoreHost host, TextWriter output)
    {
        var pages = host.Get<IPageStore>();
        while (true)
        {
            var next = (await pages.FindStateAsync(Company, Provider, CancellationToken.None)).Pages + 1;
            var page = new DocumentPage
            {
                Company = Company,
                Provider = Provider,
                Key = $"{next}",
                Digest = BitConverter.GetBytes(next),
                Steps = [.. Enumerable.Range(0, PageDocuments).Select(n => new PageStep(n + 1, Key(PageIdentifier(n)), stored =>
                {
                    var counted = CountUp(stored, PageIdentifier(n));
                    return new DocumentDecision<Error?>(counted.Effect, counted.Document, null) { NewJobs = counted.NewJobs };
                }))],
                Checkpoint = $"{next}",
                SentAt = TimeProvider.System.GetUtcNow(),
            };
            await pages.ApplyAsync(page, CancellationToken.None);
            await AcknowledgeAsync(output, PageIdentifier(0), (int)next);
        }
    }

    /// <summary>The identifier of a document that pages count up.</summary>
    public static string PageIdentifier(int number) => $"page/{number}";

    private static async Task AcknowledgeAsync(TextWriter output, string identifier, int count)
    {
        // The point ends the line: a line that the kill cut short is not taken for an acknowledgement.
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{identifier} {count}."));
        await output.FlushAsync();
        if (Interlocked.Decrement(ref s_left) == 0)
        {
            // The instant after an acknowledgement: one that was given before its commit is found out.
            Process.GetCurrentProcess().Kill();
        }
    }

    private static DocumentDecision<int> CountUp(Document? stored, string identifier)
    {
        var count = (stored is null ? 0 : CountOf(stored)) + 1;
        var document = stored ?? StoreHost.NewDocument(Company, Provider, identifier);
        var job = new NewJob(new JobKey(Queue, Company, $"{identifier} {count}"), "{}");
        var counted = document with { Metadata = JsonFields.FromText($$"""{"count":{{count}}}""") };
        return DocumentDecision.Put(counted, count) with { NewJobs = [job] };
    }
}
