using AnyFetch.Providers.LocalDirectory;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.LocalDirectory;

public sealed class DirectoryWatcherTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TempDirectory _temp = new();
    private int _notices;

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_directory_that_takes_the_place_of_the_watched_one_is_watched()
    {
        var root = Directory.CreateDirectory(_temp.File("root")).FullName;
        using var stop = new CancellationTokenSource();
        var watcher = new DirectoryWatcher(new LocalDirectoryProviderOptions { LookSeconds = 1 }, TimeProvider.System);
        var watching = watcher.WatchAsync(root, () => Interlocked.Increment(ref _notices), stop.Token);
        await NoticedAsync(() => File.WriteAllText(Path.Combine(root, "a.txt"), "old"));

        await NoticedAsync(() => Directory.Move(root, _temp.File("old")));
        await NoticedAsync(() => Directory.CreateDirectory(root));
        await NoticedAsync(() => File.WriteAllText(Path.Combine(root, "b.txt"), "new"));
        Assert.False(watching.IsCompleted);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    private async Task NoticedAsync(Action change)
    {
        var before = Volatile.Read(ref _notices);
        change();
        await Eventually.TrueAsync(() => Volatile.Read(ref _notices) > before, Deadline);
    }
}
