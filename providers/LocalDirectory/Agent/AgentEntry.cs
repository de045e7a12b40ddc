using System.Text.Json.Serialization;

namespace AnyFetch.Providers.LocalDirectory.Agent;

/// <summary>A line of an agent's state.</summary>
/// <param name="Path">A file's path from the root, in composed form.</param>
/// <param name="Version">The version that was sent; null when it was deleted.</param>
/// <param name="Mount">In the first line: the disk that holds the directory.</param>
internal sealed record AgentEntry(string Path, string? Version, string? Mount = null);

/// <summary>The lines, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AgentEntry))]
internal sealed partial class AgentJson : JsonSerializerContext;
