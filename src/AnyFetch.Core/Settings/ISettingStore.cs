namespace AnyFetch.Core.Settings;

/// <summary>Small values that the installation keeps for itself: signing keys, data-protection keys.</summary>
public interface ISettingStore
{
    /// <summary>The value, or null.</summary>
    ValueTask<string?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>The stored value; <paramref name="value"/> after storing it when there was none. One caller wins.</summary>
    ValueTask<string> GetOrAddAsync(string key, string value, CancellationToken cancellationToken);

    /// <summary>Adds or replaces a value.</summary>
    ValueTask SetAsync(string key, string value, CancellationToken cancellationToken);

    /// <summary>Replaces a value that is still as it was read.</summary>
    /// <returns>False, with nothing done, when somebody else replaced it meanwhile or there is none.</returns>
    ValueTask<bool> ReplaceAsync(string key, string before, string value, CancellationToken cancellationToken);

    /// <summary>All values whose key begins with a prefix, by key.</summary>
    ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(
        string prefix,
        CancellationToken cancellationToken);
}
