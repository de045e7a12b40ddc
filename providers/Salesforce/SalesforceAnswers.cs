using System.Text.Json;
using System.Text.Json.Serialization;
using AnyFetch.Providers.Salesforce.Bulk;

namespace AnyFetch.Providers.Salesforce;

/// <summary>Some records of a query. An answer without them is none.</summary>
internal sealed record SalesforcePage
{
    [JsonRequired]
    public required IReadOnlyList<JsonElement> Records { get; init; }

    /// <summary>Whether these are the last ones.</summary>
    [JsonRequired]
    public required bool Done { get; init; }

    /// <summary>How many the query finds in all; of a query that only counts, the answer.</summary>
    [JsonRequired]
    public required long TotalSize { get; init; }
}

/// <summary>What an account may see of an object.</summary>
internal sealed record SalesforceDescription
{
    [JsonRequired]
    public required IReadOnlyList<SalesforceField> Fields { get; init; }
}

/// <summary>One field.</summary>
internal sealed record SalesforceField(string Name, string? Type);

/// <summary>What was deleted in a span of time.</summary>
internal sealed record SalesforceDeletions
{
    [JsonRequired]
    public required IReadOnlyList<SalesforceDeletion> DeletedRecords { get; init; }

    /// <summary>Since when deletions are known at all.</summary>
    public string? EarliestDateAvailable { get; init; }

    /// <summary>Until when all of them are told.</summary>
    [JsonRequired]
    public required string LatestDateCovered { get; init; }
}

/// <summary>One deletion.</summary>
internal sealed record SalesforceDeletion(string Id);

/// <summary>The person who consented.</summary>
internal sealed record SalesforceUser([property: JsonPropertyName("Username")] string? Username);

/// <summary>Why a call was refused; answers hold a list of them.</summary>
internal sealed record SalesforceRefusal(string? ErrorCode);

/// <summary>Every shape of Salesforce's answers, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SalesforcePage))]
[JsonSerializable(typeof(SalesforceDescription))]
[JsonSerializable(typeof(SalesforceDeletions))]
[JsonSerializable(typeof(SalesforceUser))]
[JsonSerializable(typeof(IReadOnlyList<SalesforceRefusal>))]
[JsonSerializable(typeof(SalesforceCursor))]
[JsonSerializable(typeof(BulkJob))]
internal sealed partial class SalesforceJson : JsonSerializerContext;
