using System.Text.Json.Nodes;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.TestKit;

namespace AnyFetch.Hydraters.Tests.Hosts;

/// <summary>Runs a hydrater on a document one way or the other and tells what the core would have received.</summary>
public interface IHydraterRig : IAsyncDisposable
{
    /// <summary>The folder under which tasks make their temp folders.</summary>
    string TempRoot { get; }

    /// <summary>The documents deleted by the hydrater, by identifier.</summary>
    IReadOnlyCollection<string> Deleted { get; }

    /// <summary>
    /// A core that hydraters can make documents in. Once it was asked for, tasks carry a token for it; before, they
    /// carry none that works.
    /// </summary>
    Task<FakeCore> CoreAsync();

    /// <summary>
    /// The callback's JSON, or null when there was none. <paramref name="file"/> null means a document without file.
    /// </summary>
    Task<JsonNode?> RunAsync(IHydrater hydrater, JsonObject document, byte[]? file, bool isFileGone = false);
}

/// <summary>Documents as tasks show them.</summary>
internal static class TaskDocument
{
    internal static JsonObject File(string path) => new()
    {
        ["id"] = "5252ce4ce4cfcd16f55c0001",
        ["identifier"] = "rig" + path,
        ["document_type"] = "file",
        ["metadata"] = new JsonObject { ["path"] = path },
        ["data"] = new JsonObject(),
        ["access_token"] = "secret-token",
    };
}
