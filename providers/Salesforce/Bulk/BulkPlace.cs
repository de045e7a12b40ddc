namespace AnyFetch.Providers.Salesforce.Bulk;

/// <summary>How far the reading of a query job came.</summary>
/// <param name="Id">The job.</param>
/// <param name="Locator">Where its next results are; null at the beginning.</param>
/// <param name="Since">When it was made, by Salesforce's clock: what changed since is asked for afterwards.</param>
/// <param name="Asked">When it was asked for, by ours.</param>
internal sealed record BulkPlace(string Id, string? Locator, DateTimeOffset Since, DateTimeOffset Asked);
