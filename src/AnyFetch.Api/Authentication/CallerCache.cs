using System.Collections.Concurrent;
using AnyFetch.Core.Authentication;
using Microsoft.Extensions.Options;

namespace AnyFetch.Api.Authentication;

/// <summary>
/// Remembers for a second who stands behind credentials, so that a burst of requests costs one look-up. Forgets
/// everything when this node changes a token, a user or a company.
/// </summary>
internal sealed class CallerCache(CredentialChanges changes, IOptions<ApiOptions> options, TimeProvider timeProvider)
{
    private readonly ConcurrentDictionary<CredentialKey, Entry> _entries = new();
    private readonly TimeSpan _lifetime = TimeSpan.FromMilliseconds(options.Value.CallerCacheMilliseconds);
    private int _count;

    /// <summary>The caller, if it was looked up just now and nothing changed since; else null.</summary>
    public Caller? Find(in CredentialKey key) =>
        _entries.TryGetValue(key, out var entry)
        && entry.Version == changes.Version
        && timeProvider.GetElapsedTime(entry.At) < _lifetime
            ? entry.Caller
            : null;

    /// <summary>What must be read before looking a caller up, so that a change meanwhile is not missed.</summary>
    public long Version => changes.Version;

    /// <summary>Remembers a caller that was looked up.</summary>
    public void Add(in CredentialKey key, Caller caller, long version)
    {
        if (Interlocked.Increment(ref _count) > options.Value.CallerCacheMax)
        {
            _entries.Clear();
            Interlocked.Exchange(ref _count, 1);
        }

        _entries[key] = new Entry(caller, version, timeProvider.GetTimestamp());
    }

    private sealed record Entry(Caller Caller, long Version, long At);
}
