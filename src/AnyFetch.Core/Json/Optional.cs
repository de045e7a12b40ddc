namespace AnyFetch.Core.Json;

/// <summary>A value that may be absent, where absent and null mean different things (an absent key keeps, null clears).</summary>
public readonly record struct Optional<T>(bool HasValue, T Value)
{
    /// <summary>The value when present, else <paramref name="fallback"/>.</summary>
    public T Or(T fallback) => HasValue ? Value : fallback;

    public static implicit operator Optional<T>(T value) => new(true, value);
}
