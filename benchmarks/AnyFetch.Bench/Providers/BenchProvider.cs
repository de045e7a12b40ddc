using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;

namespace AnyFetch.Bench.Providers;

/// <summary>A source without latency: as many notes as it is told, each with its document.</summary>
internal sealed class BenchProvider(BenchSource source) : IProvider
{
    public async IAsyncEnumerable<SyncItem> SyncAsync(
        SyncContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        for (var n = 0; n < source.Items; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new SyncItem.Upsert(string.Create(CultureInfo.InvariantCulture, $"https://bench.test/folder-{n / 200}/note-{n:D8}"))
            {
                Version = source.Version,
                Document = source.Texts is { } texts ? Draft(texts[n % texts.Count], n) : null,
            };
            if (n % source.PageItems == source.PageItems - 1)
            {
                yield return new SyncItem.Checkpoint(n.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private static DocumentDraft Draft(string text, int n) => new()
    {
        Metadata = new JsonObject { ["title"] = $"Note {n}", ["text"] = text },
    };
}

/// <summary>What the source holds.</summary>
internal sealed class BenchSource
{
    public required int Items { get; init; }

    /// <summary>Items between two checkpoints.</summary>
    public int PageItems { get; init; } = 1000;

    /// <summary>The version of every item.</summary>
    public string Version { get; set; } = "1";

    /// <summary>The documents' texts, in turn; null for items without a document.</summary>
    public IReadOnlyList<string>? Texts { get; init; }
}
