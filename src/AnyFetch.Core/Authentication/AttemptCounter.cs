using System.Collections.Concurrent;

namespace AnyFetch.Core.Authentication;

/// <summary>
/// Counts attempts under a key over a span of time, to slow down who guesses (auth-and-tenancy §5, brute force). Counts
/// of this process only.
/// </summary>
public sealed class AttemptCounter(TimeProvider timeProvider)
{
    /// <summary>Most keys that are counted at once; with one more, all start over.</summary>
    private const int KeysMax = 100_000;

    private readonly ConcurrentDictionary<string, Window> _windows = new();

    /// <summary>
    /// The key under which wrong passwords are counted: a guess counts, whether it came by the API or by the sign-in page.
    /// </summary>
    public static string PasswordKey(object? address, string normalizedEmail) => $"password {address} {normalizedEmail}";

    /// <summary>How many seconds this key has to wait before it may try again; 0 when it may now.</summary>
    public int SecondsToWait(string key, int max, TimeSpan span)
    {
        if (!_windows.TryGetValue(key, out var window) || window.Count < max)
        {
            return 0;
        }

        var left = span - timeProvider.GetElapsedTime(window.Since);
        return left > TimeSpan.Zero ? (int)Math.Ceiling(left.TotalSeconds) : 0;
    }

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
