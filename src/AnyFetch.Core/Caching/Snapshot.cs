namespace AnyFetch.Core.Caching;

/// <summary>
/// A value that is read often and changes rarely. Loaded once, shared, and loaded again when it is older than its
/// lifetime or was invalidated; so a change made by another node is seen after at most the lifetime.
/// </summary>
public sealed class Snapshot<T>(
    Func<CancellationToken, ValueTask<T>> load,
    TimeSpan lifetime,
    TimeProvider timeProvider) : IDisposable
    where T : class
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Loaded? _current;
    private long _version;

    /// <summary>The value, loaded now if need be. Callers that come meanwhile wait for the same load.</summary>
    public ValueTask<T> GetAsync(CancellationToken cancellationToken) =>
        _current is { } current && IsFresh(current) ? new ValueTask<T>(current.Value) : LoadAsync(cancellationToken);

    /// <summary>Makes the next read load again. Called after this node changed what the value is made from.</summary>
    public void Invalidate() => Interlocked.Increment(ref _version);

    /// <inheritdoc/>
    public void Dispose() => _loading.Dispose();

    private bool IsFresh(Loaded loaded) =>
        loaded.Version == Interlocked.Read(ref _version)
        && timeProvider.GetElapsedTime(loaded.At) < lifetime;

    private async ValueTask<T> LoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_current is { } current && IsFresh(current))
            {
                return current.Value;
            }

            var version = Interlocked.Read(ref _version);
            var at = timeProvider.GetTimestamp();
            var value = await load(cancellationToken).ConfigureAwait(false);
            _current = new Loaded(value, version, at);
            return value;
        }
        finally
        {
            _loading.Release();
        }
    }

    private sealed record Loaded(T Value, long Version, long At);
}
