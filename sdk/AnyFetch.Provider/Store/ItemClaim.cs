using System.Collections.Concurrent;

namespace AnyFetch.Provider.Store;

/// <summary>
/// What a run asks the queue for. <c>InFlight</c> loses an identifier only in the operation that settles it, so that no claim
/// finds an item both at rest and unsettled. <c>OnlyOwn</c> leaves the backlog alone: new changes go first. Deletions wait
/// until the listing has passed a checkpoint (<c>DeletesUpTo</c>): what looks gone may come again under another name. So do
/// moves (<c>MovesUpTo</c>), which take a document away from its place as well, unless the listing itself waits for them.
/// </summary>
internal sealed record ItemClaim(
    long Account, long Run, long Now, int ItemsMax, int UpsertsMax, bool OnlyOwn, long DeletesUpTo,
    long MovesUpTo, ConcurrentDictionary<string, bool> InFlight);

/// <summary>
/// What may be done now, when the next waiting retry of this run is due, and whether nothing was in the air: all three as of
/// the same instant, so that an item that is settled meanwhile cannot slip between them.
/// </summary>
internal sealed record ClaimedItems(IReadOnlyList<ItemRow> Items, long? NextRetry, bool NothingInFlight);
