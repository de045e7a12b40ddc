using System.Collections.Concurrent;

namespace AnyFetch.Api.Authentication;

/// <summary>Counts wrong passwords per address and host over the current minute (auth-and-tenancy §5, brute force).</summary>
internal sealed class FailedAttempts(TimeProvider timeProvider)
{
    /// <summary>How long a count lasts, in seconds.</summary>
    public const int WindowSeconds = 60;

    /// <summary>Most counts that are kept; with one more, all start over.</summary>
    private const int CountsMax = 100_000;

    private readonly ConcurrentDictionary<string, Window> _windows = new();

    /// <summary>How many seconds this key has to wait before it may try again; 0 when it may now.</summary>
    public int SecondsToWait(string key, int max)
    {
        if (!_windows.TryGetValue(key, out var window) || window.Count < max)
        {
            return 0;
        }

        var left = WindowSeconds - timeProvider.GetElapsedTime(window.Since).TotalSeconds;
        return left > 0 ? (int)Math.Ceiling(left) : 0;
    }

    /// <summary>Notes a failure.</summary>
    public void Add(string key)
    {
        if (_windows.Count >= CountsMax)
        {
            _windows.Clear();
        }

        var now = timeProvider.GetTimestamp();
        _windows.AddOrUpdate(
            key,
            _ => new Window(1, now),
            (_, window) => timeProvider.GetElapsedTime(window.Since).TotalSeconds < WindowSeconds
                ? window with { Count = window.Count + 1 }
                : new Window(1, now));
    }

    /// <summary>Forgets the failures of somebody who got it right.</summary>
    public void Clear(string key) => _windows.TryRemove(key, out _);

    private sealed record Window(int Count, long Since);
}
