using System.Text.Json.Serialization;

namespace AnyFetch.Providers.GoogleAccounts;

/// <summary>The body of Google's refusals.</summary>
internal sealed record GoogleRefusal(GoogleRefusal.Reasons? Error)
{
    internal sealed record Reasons(IReadOnlyList<Detail>? Errors, string? Status);

    internal sealed record Detail(string? Reason, string? Location);
}

/// <summary>Who consented.</summary>
internal sealed record GoogleUser(string? Email);

/// <summary>The shapes that all of Google's interfaces share.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GoogleRefusal))]
[JsonSerializable(typeof(GoogleUser))]
internal sealed partial class GoogleJson : JsonSerializerContext;
