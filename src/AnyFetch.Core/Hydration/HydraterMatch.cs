using AnyFetch.Core.Hydraters;

namespace AnyFetch.Core.Hydration;

/// <summary>Whether a hydrater's filters take a document.</summary>
/// <param name="Hydrater">One that the company runs.</param>
/// <param name="Reason">Null when they do, else why not, with the path of the failing key.</param>
public sealed record HydraterMatch(Hydrater Hydrater, string? Reason);
