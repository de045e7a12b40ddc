using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Isolation;
using AnyFetch.Hydrater.TestKit;

namespace AnyFetch.Hydraters.Tests.Hosts;

/// <summary>In process for the host, in a worker process for the hydrater.</summary>
internal sealed class IsolatedRig : IHydraterRig
{
    /// <summary>One pool for all tests: workers are made to be used again.</summary>
    private static readonly HydraterIsolation Isolation = new(Options);

    private readonly InProcessRig _rig = new();

    internal static IsolationOptions Options => new()
    {
        Program = Path.Combine(AppContext.BaseDirectory, "AnyFetch.HydrationWorker"),
        StartSeconds = 120,
    };

    public string TempRoot => _rig.TempRoot;

    public IReadOnlyCollection<string> Deleted => _rig.Deleted;

    public Task<FakeCore> CoreAsync() => _rig.CoreAsync();

    public Task<JsonNode?> RunAsync(IHydrater hydrater, JsonObject document, byte[]? file, bool isFileGone = false) =>
        _rig.RunAsync(HasDefaultOptions(hydrater) ? Isolation.Isolate(hydrater) : hydrater, document, file, isFileGone);

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    /// <summary>A worker makes its hydraters itself, as they are without configuration; tests of an option are run in process.</summary>
    private static bool HasDefaultOptions(IHydrater hydrater)
    {
        const System.Reflection.BindingFlags Hidden = System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance;
        return hydrater.GetType().GetField("_options", Hidden)?.GetValue(hydrater) is not { } options
            || JsonSerializer.Serialize(options) == JsonSerializer.Serialize(Activator.CreateInstance(options.GetType()));
    }
}
