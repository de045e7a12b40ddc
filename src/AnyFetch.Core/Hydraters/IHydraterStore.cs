namespace AnyFetch.Core.Hydraters;

/// <summary>Keeps hydraters' registrations.</summary>
public interface IHydraterStore
{
    /// <summary>All of them, in the order of their registration.</summary>
    ValueTask<IReadOnlyList<Hydrater>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Adds a hydrater and, for its owner company, enables it. False when its URL is taken.</summary>
    ValueTask<bool> AddAsync(Hydrater hydrater, CancellationToken cancellationToken);

    /// <summary>Adds or replaces a hydrater by id. Companies follow a change of its URL.</summary>
    ValueTask PutAsync(Hydrater hydrater, CancellationToken cancellationToken);

    /// <summary>
    /// Adds or replaces a hydrater that comes with the server. One that was not there before and is in the default list is
    /// given to every company that runs any: they get what a new version brings, once, and what an administrator takes out
    /// stays out.
    /// </summary>
    ValueTask PutBuiltInAsync(Hydrater hydrater, bool isDefault, CancellationToken cancellationToken);

    /// <summary>Removes a hydrater and takes it out of every company's list. False when unknown.</summary>
    ValueTask<bool> RemoveAsync(HydraterId id, CancellationToken cancellationToken);
}
