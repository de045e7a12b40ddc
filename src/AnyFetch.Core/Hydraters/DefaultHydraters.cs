namespace AnyFetch.Core.Hydraters;

/// <summary>The hydraters that a new company runs until its administrator says otherwise (hydration.md §1).</summary>
/// <param name="Urls">Their URLs, in the order of their registration.</param>
public sealed record DefaultHydraters(IReadOnlyList<string> Urls);
