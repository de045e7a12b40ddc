namespace AnyFetch.Provider.Running;

/// <summary>
/// Wakes whoever waits for "something happened". Take <see cref="Next"/> before looking, look, then await it: what happens
/// in between is not missed.
/// </summary>
internal sealed class Pulse
{
    private TaskCompletionSource _next = Create();

    public Task Next => Volatile.Read(ref _next).Task;

    public void Set() => Interlocked.Exchange(ref _next, Create()).TrySetResult();

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
