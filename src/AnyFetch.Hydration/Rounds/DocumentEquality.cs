using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydration;

namespace AnyFetch.Hydration.Rounds;

/// <summary>
/// Tells whether a stored document is still the one that a decision was prepared for. Filters and merging can take long, and a
/// decision holds up the store's other writers; so they are done before, and the decision only compares.
/// </summary>
internal static class DocumentEquality
{
    internal static bool AreSame(Document one, Document other) =>
        ReferenceEquals(one, other)
        || (one.Id == other.Id
            && one.Type == other.Type
            && one.CreationDate == other.CreationDate
            && one.ModificationDate == other.ModificationDate
            && one.Source == other.Source
            && one.File == other.File
            && AreSame(one.Hydration, other.Hydration)
            && one.Related.SequenceEqual(other.Related)
            && AreSame(one.UserAccess, other.UserAccess)
            && one.Actions.Equals(other.Actions)
            && one.Metadata.Equals(other.Metadata)
            && one.Data.Equals(other.Data));

    private static bool AreSame(HydrationState one, HydrationState other) =>
        ReferenceEquals(one, other)
        || (one.Generation == other.Generation
            && one.Rounds == other.Rounds
            && one.IsReposted == other.IsReposted
            && one.BulkRun == other.BulkRun
            && one.SeenContent == other.SeenContent
            && one.TypeBefore == other.TypeBefore
            && one.LastHydration == other.LastHydration
            && one.ErroredBy == other.ErroredBy
            && one.Error == other.Error
            && one.ClientKeys.SequenceEqual(other.ClientKeys)
            && one.Runs.SequenceEqual(other.Runs));

    private static bool AreSame<T>(IReadOnlyList<T>? one, IReadOnlyList<T>? other) =>
        one is null || other is null ? one is null && other is null : one.SequenceEqual(other);
}
