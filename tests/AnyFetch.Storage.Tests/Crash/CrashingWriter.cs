using System.Diagnostics;
using System.Globalization;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Core.Queue;
using AnyFetch.Storage.Tests.Stores;

namespace AnyFetch.Storage.Tests.Crash;

/// <summary>
/// A process that writes until it is killed, and says each time what was acknowledged to it. Each change counts a
/// document up and adds a job of the same number, in one transaction.
/// </summary>
internal static class CrashingWriter
{
    public const string Queue = "crash";
    private const int Callers = 16;
    private const int DocumentsPerCaller = 10;
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
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => WriteAsync(host, caller, output))));
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
            // The point ends the line: a line that the kill cut short is not taken for an acknowledgement.
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{identifier} {count}."));
            await output.FlushAsync();
            if (Interlocked.Decrement(ref s_left) == 0)
            {
                // The instant after an acknowledgement: one that was given before its commit is found out.
                Process.GetCurrentProcess().Kill();
            }
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
