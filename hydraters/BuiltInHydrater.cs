using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Hydraters;

/// <summary>A row of the table of built-in hydraters.</summary>
/// <param name="Id">The fixed id, 24 hex digits.</param>
/// <param name="ShortName">The short name.</param>
/// <param name="Add">Registers the hydrater with its default options.</param>
/// <param name="IsDefault">Whether a new company runs it (hydration.md §1). Default true.</param>
public sealed record BuiltInHydrater(
    string Id, string ShortName, Func<IServiceCollection, IServiceCollection> Add, bool IsDefault = true);
