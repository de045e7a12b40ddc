using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Hydrater.TestKit;
using AnyFetch.Testing;

namespace AnyFetch.Hydraters.Tests.Hosts;

internal sealed class InProcessRig : IHydraterRig
{
    private readonly TempDirectory _temp = new();
    private readonly List<string> _deleted = [];
    private FakeCore? _core;

    public string TempRoot => _temp.Path;

    public IReadOnlyCollection<string> Deleted => _deleted;

    public async Task<FakeCore> CoreAsync() => _core ??= await FakeCore.StartAsync(CancellationToken.None);

    public async Task<JsonNode?> RunAsync(IHydrater hydrater, JsonObject document, byte[]? file, bool isFileGone = false)
    {
        var options = new HydrationRunOptions { TempFolder = _temp.Path, RetrySeconds = [0.01] };
        using var json = JsonDocument.Parse(document.ToJsonString());
        var task = new HydrationTask
        {
            Document = new HydrationDocument(json.RootElement.Clone()),
            OpenFile = file is null && !isFileGone
                ? null : _ => Task.FromResult<Stream?>(isFileGone ? null : new MemoryStream(file!)),
            Core = _core is null ? null : _core.NewClient,
            DeleteDocument = _ =>
            {
                _deleted.Add((string)document["identifier"]!);
                return Task.CompletedTask;
            },
        };
        var outcome = await new InProcessHydrater(hydrater, options).RunAsync(task, CancellationToken.None);
        return outcome.PayloadText is { } payload ? JsonNode.Parse(payload) : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_core is not null)
        {
            await _core.DisposeAsync();
        }

        _temp.Dispose();
    }
}
