using System.Collections.Concurrent;

namespace AnyFetch.Manager.Sessions;

/// <summary>Counts attempts under a key over a span of time (auth-and-tenancy §5, brute force).</summary>
internal sealed class Attempts(TimeProvider timeProvider)
{
    /// <summary>Most keys that are counted at once; with one more, all start over.</summary>
    private const int KeysMax = 100_000;

    private readonly ConcurrentDictionary<string, Window> _windows = new();

    /// <summary>True when the key was used up: <paramref name="max"/> attempts in the span.</summary>
    public bool IsExhausted(string key, int max, TimeSpan span) =>
        _windows.TryGetValue(key, out var window)
        && timeProvider.GetElapsedTime(window.Since) < span
        && window.Count >= max;

    /// <summary>Counts an attempt.</summary>
    public void Add(string key, TimeSpan span)
    {
        if (_windows.Count >= KeysMax)
        {
            _windows.Clear();
        }

        var now = timeProvider.GetTimestamp();
        _windows.AddOrUpdate(
            key,
            _ => new Window(1, now),
            (_, window) => timeProvider.GetElapsedTime(window.Since) < span
                ? window with { Count = window.Count + 1 }
                : new Window(1, now));
    }

    /// <summary>Forgets what was counted.</summary>
    public void Clear(string key) => _windows.TryRemove(key, out _);

    private sealed record Window(int Count, long Since);
}
