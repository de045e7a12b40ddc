using System.Text.Json.Serialization;

namespace AnyFetch.Providers.Salesforce.Bulk;

/// <summary>A query job as Salesforce tells it.</summary>
internal sealed record BulkJob
{
    [JsonRequired]
    public required string Id { get; init; }

    /// <summary><c>UploadComplete</c>, <c>InProgress</c>, <c>JobComplete</c>, <c>Aborted</c> or <c>Failed</c>.</summary>
    [JsonRequired]
    public required string State { get; init; }

    /// <summary>When it was made, by Salesforce's clock.</summary>
    public string? CreatedDate { get; init; }

    [JsonIgnore]
    public bool IsDone => State == "JobComplete";

    /// <summary>Whether it will never have results.</summary>
    [JsonIgnore]
    public bool IsLost => State is "Aborted" or "Failed";
}
