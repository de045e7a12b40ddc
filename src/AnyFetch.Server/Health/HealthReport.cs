using System.Text.Json.Serialization;

namespace AnyFetch.Server.Health;

/// <summary>Whether the server can do its work, and what each part says.</summary>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Parts">One line a part: <c>ok</c>, or what is wrong.</param>
internal sealed record HealthReport(string Status, IReadOnlyDictionary<string, string> Parts)
{
    [JsonIgnore]
    public bool IsOk => Status == "ok";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
