using System.Collections.Frozen;
using AnyFetch.Core.Companies;

namespace AnyFetch.Hydration.Rounds;

/// <summary>The hydraters that one company runs.</summary>
internal sealed class HydraterStack
{
    private readonly FrozenDictionary<string, EnabledHydrater> _byUrl;
    private readonly EnabledHydrater[] _all;
    private readonly EnabledHydrater[] _withoutFile;

    internal HydraterStack(IReadOnlyList<EnabledHydrater> hydraters)
    {
        _all = [.. hydraters];
        _withoutFile = [.. hydraters.Where(h => !h.Filters.NeedsFile)];
        _byUrl = hydraters.ToFrozenDictionary(h => h.Url, StringComparer.Ordinal);
    }

    internal static HydraterStack Empty { get; } = new([]);

    /// <summary>What the company says about hydration.</summary>
    internal CompanyHydration Company { get; init; } = CompanyHydration.Unsaid;

    internal EnabledHydrater? Find(string url) => _byUrl.GetValueOrDefault(url);

    /// <summary>Those that can match at all. Most documents have no file, so that few are looked at for them.</summary>
    internal ReadOnlySpan<EnabledHydrater> For(bool hasFile) => hasFile ? _all : _withoutFile;
}
