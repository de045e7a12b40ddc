namespace AnyFetch.Providers.LocalDirectory;

/// <summary>
/// Turns the system's notices into "something changed". What it misses, the next walk finds: an overflow asks for a walk at
/// once, and from then on for one every few minutes, because the system then watches only a part.
/// </summary>
internal sealed class DirectoryWatcher(LocalDirectoryProviderOptions options, TimeProvider time)
{
    private const int BufferBytes = 64 * 1024;

    private volatile bool _isPartial;

    public async Task WatchAsync(string root, Action changed, CancellationToken cancellationToken)
    {
        using var watcher = new FileSystemWatcher(root)
        {
            IncludeSubdirectories = true,
            InternalBufferSize = BufferBytes,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite
                | NotifyFilters.Size,
        };
        watcher.Changed += (_, _) => changed();
        watcher.Created += (_, _) => changed();
        watcher.Deleted += (_, _) => changed();
        watcher.Renamed += (_, _) => changed();
        watcher.Error += (_, _) =>
        {
            _isPartial = true;
            changed();
        };
        watcher.EnableRaisingEvents = true;
        await RescanAsync(changed, cancellationToken);
    }

    /// <summary>Walks at once, for what changed while nobody watched, and then at intervals.</summary>
    public async Task RescanAsync(Action changed, CancellationToken cancellationToken)
    {
        while (true)
        {
            changed();
            var due = time.GetUtcNow() + TimeSpan.FromHours(options.RescanHours);
            while (time.GetUtcNow() < due)
            {
                var step = TimeSpan.FromMinutes(options.RescanMinutesWithoutWatch);
                await Task.Delay(step, time, cancellationToken);
                if (_isPartial)
                {
                    break;
                }
            }
        }
    }
}
