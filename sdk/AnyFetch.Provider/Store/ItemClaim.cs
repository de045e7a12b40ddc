using System.Collections.Concurrent;

namespace AnyFetch.Provider.Store;

/// <summary>
/// What a run asks the queue for. <c>InFlight</c> loses an identifier only in the operation that settles it, so that no claim
/// finds an item both at rest and unsettled.
/// </summary>
internal sealed record ItemClaim(
    long Account, long Run, long Now, int ItemsMax, int UpsertsMax, ConcurrentDictionary<string, bool> InFlight);

/// <summary>What may be done now, and when the next waiting retry of this run is due.</summary>
internal sealed record ClaimedItems(IReadOnlyList<ItemRow> Items, long? NextRetry);
