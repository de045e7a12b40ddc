using System.Collections.Frozen;
using AnyFetch.Core.Caching;

namespace AnyFetch.Core.Hydraters;

/// <summary>All hydraters' registrations, kept in memory.</summary>
public sealed class HydraterCatalog(IHydraterStore store, TimeProvider timeProvider) : IDisposable
{
    /// <summary>For how long another node's change may go unseen, in seconds.</summary>
    public const int LifetimeSeconds = 1;

    private readonly Snapshot<HydraterSet> _snapshot = new(
        async cancellationToken => new HydraterSet(await store.ListAsync(cancellationToken).ConfigureAwait(false)),
        TimeSpan.FromSeconds(LifetimeSeconds),
        timeProvider);

    /// <summary>The hydraters as they are now.</summary>
    public ValueTask<HydraterSet> GetAsync(CancellationToken cancellationToken) =>
        _snapshot.GetAsync(cancellationToken);

    /// <summary>Called after this node changed a registration.</summary>
    public void Invalidate() => _snapshot.Invalidate();

    /// <inheritdoc/>
    public void Dispose() => _snapshot.Dispose();
}

/// <summary>A set of hydraters in the order of their registration, found by id or by URL.</summary>
public sealed class HydraterSet(IReadOnlyList<Hydrater> all)
{
    private readonly FrozenDictionary<HydraterId, Hydrater> _byId = all.ToFrozenDictionary(h => h.Id);
    private readonly FrozenDictionary<string, Hydrater> _byUrl =
        all.ToFrozenDictionary(h => h.Url, StringComparer.Ordinal);

    public IReadOnlyList<Hydrater> All => all;

    public Hydrater? Find(HydraterId id) => _byId.GetValueOrDefault(id);

    public Hydrater? Find(string url) => _byUrl.GetValueOrDefault(url);
}
