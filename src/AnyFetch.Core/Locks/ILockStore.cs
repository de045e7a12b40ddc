namespace AnyFetch.Core.Locks;

/// <summary>Leased locks that let one node of many do a thing.</summary>
public interface ILockStore
{
    /// <summary>
    /// Takes or prolongs a lock. True when <paramref name="owner"/> holds it until <paramref name="lifetime"/> from
    /// now; false while another owner's lease runs.
    /// </summary>
    ValueTask<bool> TryAcquireAsync(
        string name,
        string owner,
        TimeSpan lifetime,
        CancellationToken cancellationToken);

    /// <summary>Lets a lock go if the owner holds it.</summary>
    ValueTask ReleaseAsync(string name, string owner, CancellationToken cancellationToken);
}
