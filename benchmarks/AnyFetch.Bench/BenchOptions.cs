using System.Globalization;

namespace AnyFetch.Bench;

/// <summary>What a run measures, given as <c>name=value</c>.</summary>
internal sealed record BenchOptions(IReadOnlyDictionary<string, string> Values)
{
    public static BenchOptions Parse(string[] args) => new(args
        .Select(a => a.Split('=', 2))
        .ToDictionary(a => a[0], a => a.Length > 1 ? a[1] : "true", StringComparer.OrdinalIgnoreCase));

    public int Get(string name, int otherwise) =>
        Values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public string? Get(string name) => Values.GetValueOrDefault(name);
}
