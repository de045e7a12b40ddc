using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnyFetch.Hydration.Bulk;

/// <summary>A run as it is kept: what was asked for, and how far it has come.</summary>
internal sealed record BulkRun
{
    public required string Id { get; init; }

    public string? Filters { get; init; }

    public IReadOnlyList<string>? Urls { get; init; }

    /// <summary>The last entry of the feed that was looked at.</summary>
    public required string Position { get; init; }

    /// <summary>The feed's end when the current pass began: what changes later is looked at in the next one.</summary>
    public required string End { get; init; }

    /// <summary>Which pass this is, from 1. A document that somebody changes meanwhile moves to the feed's end.</summary>
    public int Pass { get; init; } = 1;

    /// <summary>Documents whose hydration began again in this pass.</summary>
    public long StartedInPass { get; init; }

    public long Looked { get; init; }

    public long Started { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    internal string ToJson() => JsonSerializer.Serialize(this, BulkJson.Default.BulkRun);

    internal static BulkRun Parse(string json) => JsonSerializer.Deserialize(json, BulkJson.Default.BulkRun)!;
}

[JsonSerializable(typeof(BulkRun))]
internal sealed partial class BulkJson : JsonSerializerContext;
