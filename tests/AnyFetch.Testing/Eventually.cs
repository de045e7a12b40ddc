namespace AnyFetch.Testing;

/// <summary>Waits for a condition by asking again, up to a deadline, instead of waiting for an amount of time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static Task TrueAsync(Func<bool> condition, TimeSpan? deadline = null, string? what = null) =>
        TrueAsync(() => Task.FromResult(condition()), deadline, what);

    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? deadline = null, string? what = null)
    {
        var limit = deadline ?? TimeSpan.FromSeconds(60);
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // Whoever stood still until the deadline was over looks once more.
            var isLate = TimeProvider.System.GetElapsedTime(started) > limit;
            if (await condition())
                return;
            if (isLate)
                throw new TimeoutException($"It did not happen within {limit.TotalSeconds} s: {what ?? "the condition"}.");
            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
