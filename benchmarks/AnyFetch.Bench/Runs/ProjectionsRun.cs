using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using AnyFetch.Api.DocumentTypes;
using AnyFetch.Api.Projection;
using AnyFetch.Api.Providers;
using AnyFetch.Api.Representations;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Server;
using Microsoft.Extensions.DependencyInjection;
using TypeSet = AnyFetch.Core.DocumentTypes.DocumentTypes;

namespace AnyFetch.Bench.Runs;

/// <summary>What it costs to show 20 hits once they are found: highlights, projections, templates, JSON. No HTTP.</summary>
internal static class ProjectionsRun
{
    private const int Hits = 20;

    public static Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var seconds = options.Get("seconds", 5);
        var data = Directory.CreateTempSubdirectory("anyfetch-bench-").FullName;
        try
        {
            using var app = (IDisposable)AnyFetchServer.Build(new ServerSettings
            {
                UsesEnvironment = false,
                Overrides = new Dictionary<string, string?>
                {
                    ["Data"] = data,
                    ["Urls"] = "http://127.0.0.1:0",
                    ["Log:Level"] = "Warning",
                },
            });
            var services = ((Microsoft.AspNetCore.Builder.WebApplication)app).Services;
            var table = new BenchTable($"{Hits} hits of six types, shown");
            foreach (var (name, query, renders) in ((string, string?, bool)[])
            [
                ("projected, no query", null, false), ("projected and highlighted", "ba", false), ("templates rendered", "ba", true),
            ])
            {
                var (latencies, bytes, written) = Measure(services, query, renders, seconds, cancellationToken);
                table.Add($"{name}: p50", latencies.Milliseconds(0.5), "ms", "goal: under 2")
                    .Add($"{name}: p99", latencies.Milliseconds(0.99), "ms")
                    .Add($"{name}: allocated", bytes / 1024.0, "KiB")
                    .Add($"{name}: JSON", written / 1024.0, "KiB");
            }

            return Task.FromResult(table);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static (Latencies Latencies, double Bytes, double Written) Measure(
        IServiceProvider services, string? query, bool renders, int seconds, CancellationToken cancellationToken)
    {
        var shown = services.GetRequiredService<ShownDocuments>();
        var inputs = services.GetRequiredService<ProjectionInputs>();
        var types = new TypeSet(BuiltInDocumentTypeCatalog.All);
        var providers = new ProviderSet([], []);
        var pages = Enumerable.Range(0, 50).Select(page => MakePage(types, page, query)).ToArray();
        var output = new ArrayBufferWriter<byte>(256 * 1024);
        Run(TimeSpan.FromSeconds(1));
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var latencies = Run(TimeSpan.FromSeconds(seconds));
        var each = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)latencies.Count;
        return (latencies, each, output.WrittenCount);

        Latencies Run(TimeSpan time)
        {
            var ticks = new List<long>();
            var clock = Stopwatch.StartNew();
            for (var n = 0; clock.Elapsed < time && !cancellationToken.IsCancellationRequested; n++)
            {
                var began = Stopwatch.GetTimestamp();
                output.ResetWrittenCount();
                var context = new ShownContext(types, providers, inputs.Prepare(query, null), renders, "http://127.0.0.1");
                using (var writer = new Utf8JsonWriter(output))
                {
                    writer.WriteStartArray();
                    foreach (var document in pages[n % pages.Length])
                    {
                        shown.WriteHit(writer, document, 1, context);
                    }

                    writer.WriteEndArray();
                }

                ticks.Add(Stopwatch.GetTimestamp() - began);
            }

            var result = new Latencies();
            result.AddRange(ticks);
            return result;
        }
    }

    /// <summary>Documents that hold the query's word, as the hits of a search do.</summary>
    private static Document[] MakePage(TypeSet types, int page, string? query)
    {
        var text = new SampleText(page);
        var now = TimeProvider.System.GetUtcNow();
        return [.. Enumerable.Range(0, Hits).Select(n => new Document
        {
            Id = new DocumentId(ObjectId.New(now)),
            Company = new CompanyId(ObjectId.New(now)),
            Provider = new AccessTokenId(ObjectId.New(now)),
            Identifier = Identifier.Parse("bench"),
            Type = types.Find(SampleKinds.TypeOf(n))!.Id,
            CreationDate = now,
            ModificationDate = now,
            Metadata = JsonFields.FromText(WithWord(text.Metadata(n), query)),
        })];
    }

    /// <summary>Puts the word into the first text of the metadata.</summary>
    private static string WithWord(string metadata, string? word) =>
        word is null ? metadata : metadata.Insert(metadata.IndexOf("\":\"", StringComparison.Ordinal) + 3, word + " ");
}
