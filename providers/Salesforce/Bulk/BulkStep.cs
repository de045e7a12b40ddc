using AnyFetch.Provider;

namespace AnyFetch.Providers.Salesforce.Bulk;

/// <summary>What a listing by a job says next: an item, or the place that all items before it reach.</summary>
internal readonly record struct BulkStep(SyncItem? Item, SalesforcePlace? Place);
