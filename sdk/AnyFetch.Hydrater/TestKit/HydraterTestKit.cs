using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater.Hosting;

namespace AnyFetch.Hydrater.TestKit;

/// <summary>
/// Runs one hydrater on a sample and compares what it would send, for the tests of hydraters. It needs no server:
/// <code>
/// var outcome = await HydraterTestKit.RunAsync(new MyHydrater(), "samples/note.txt", cancellationToken);
/// Assert.Empty(HydraterTestKit.Differences(outcome, """{"document_type":"document","metadata":{"text":"Hello"}}"""));
/// </code>
/// </summary>
public static class HydraterTestKit
{
    /// <summary>Hydrates a <c>file</c> document whose <c>metadata.path</c> is the sample's name.</summary>
    public static Task<HydrationOutcome> RunAsync(
        IHydrater hydrater, string filePath, CancellationToken cancellationToken)
    {
        var document = new JsonObject
        {
            ["id"] = "000000000000000000000001",
            ["identifier"] = "sample",
            ["document_type"] = "file",
            ["metadata"] = new JsonObject { ["path"] = "/" + Path.GetFileName(filePath) },
        };
        return RunAsync(hydrater, filePath, document, cancellationToken);
    }

    /// <summary>Hydrates a document as the core would show it (hydration.md §5), with a file or without.</summary>
    public static Task<HydrationOutcome> RunAsync(
        IHydrater hydrater, string? filePath, JsonObject document, CancellationToken cancellationToken) =>
        RunAsync(hydrater, filePath, document, null, cancellationToken);

    /// <summary>
    /// Hydrates a document with a core that the hydrater can talk to, for hydraters that make, change or delete other
    /// documents:
    /// <code>
    /// await using var core = await FakeCore.StartAsync(cancellationToken);
    /// await HydraterTestKit.RunAsync(new MailHydrater(), "samples/mail.eml", document, core, cancellationToken);
    /// Assert.Equal("report.pdf", (string?)core.Find("mail-1/report.pdf")!.Metadata["path"]);
    /// </code>
    /// </summary>
    public static Task<HydrationOutcome> RunAsync(
        IHydrater hydrater, string? filePath, JsonObject document, FakeCore? core, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        using var json = JsonDocument.Parse(document.ToJsonString());
        var task = new HydrationTask
        {
            Document = new HydrationDocument(json.RootElement.Clone()),
            FilePath = filePath is null ? null : Path.GetFullPath(filePath),
            Core = core is null ? null : core.NewClient,
        };
        return new InProcessHydrater(hydrater).RunAsync(task, cancellationToken);
    }

    /// <summary>
    /// Where the outcome's payload differs from the expected JSON, one line for each path; empty when they are equal. The
    /// order of keys does not count.
    /// </summary>
    public static IReadOnlyList<string> Differences(HydrationOutcome outcome, string expectedJson)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var differences = new List<string>();
        Compare(JsonNode.Parse(expectedJson), JsonNode.Parse(outcome.PayloadText ?? "null"), "$", differences);
        return differences;
    }

    private static void Compare(JsonNode? expected, JsonNode? actual, string path, List<string> differences)
    {
        if (expected is JsonObject before && actual is JsonObject after)
        {
            foreach (var key in before.Select(member => member.Key).Union(after.Select(member => member.Key)))
            {
                var isExpected = before.TryGetPropertyValue(key, out var left);
                var isThere = after.TryGetPropertyValue(key, out var right);
                if (isExpected && isThere)
                {
                    Compare(left, right, $"{path}.{key}", differences);
                }
                else
                {
                    differences.Add($"{path}.{key}: {(isExpected ? "missing" : "not expected")}");
                }
            }
        }
        else if (!JsonNode.DeepEquals(expected, actual))
        {
            differences.Add($"{path}: expected {Show(expected)} but got {Show(actual)}");
        }
    }

    private static string Show(JsonNode? node) => node?.ToJsonString() ?? "null";
}
