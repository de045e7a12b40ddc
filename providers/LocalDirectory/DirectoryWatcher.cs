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
        while (true)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var born = Directory.GetCreationTimeUtc(root);
            using var watcher = Watch(root, changed);
            var rescanning = RescanAsync(changed, stop.Token);
            try
            {
                await ReplacedAsync(root, born, changed, cancellationToken);
            }
            finally
            {
                await stop.CancelAsync();
                await rescanning.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
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

    private FileSystemWatcher Watch(string root, Action changed)
    {
        var watcher = new FileSystemWatcher(root)
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
        return watcher;
    }

    /// <summary>Returns when another directory is in the place of the watched one, of which the system says nothing.</summary>
    private async Task ReplacedAsync(string root, DateTime born, Action changed, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.LookSeconds), time);
        var isThere = true;
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var wasThere = isThere;
            isThere = Directory.Exists(root);
            if (isThere && Directory.GetCreationTimeUtc(root) != born)
            {
                return;
            }

            if (isThere != wasThere)
            {
                changed();
            }
        }
    }
}
