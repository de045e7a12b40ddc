using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Commits;

/// <summary>
/// Writes what is in memory to files and merges files, beside searches and changes: it takes the writing lock only to
/// choose and to put the result in place. A flush never waits for a merge, which may take long.
/// </summary>
/// <param name="store">The segments.</param>
/// <param name="writer">Who else changes them.</param>
/// <param name="writing">The writing lock.</param>
/// <param name="shared">Bounds how many indexes flush and merge at once.</param>
internal sealed class Maintenance(SegmentStore store, IndexWriter writer, SemaphoreSlim writing, SharedResources shared)
    : IAsyncDisposable
{
    private const int FlushNiceness = 2;
    private const int MergeNiceness = 10;

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private Task _merging = Task.CompletedTask;

    /// <summary>The flush under way; completed when there is none.</summary>
    public Task Flushing { get; private set; } = Task.CompletedTask;

    /// <summary>Starts the work that is due, unless it is under way.</summary>
    /// <param name="isFlushDue">True when what is in memory must be written.</param>
    public void Begin(bool isFlushDue)
    {
        lock (_lock)
        {
            if (_stopping.IsCancellationRequested)
                return;
            if (isFlushDue && Flushing.IsCompleted)
                Flushing = Task.Run(FlushAsync);
            if (_merging.IsCompleted && Files() is { Count: > 0 })
                _merging = Task.Run(MergeAsync);
        }
    }

    /// <summary>Throws what made the last work fail, once; it begins again when it is due.</summary>
    public async ValueTask ThrowIfFailedAsync()
    {
        Task failed;
        lock (_lock)
        {
            failed = Flushing.IsFaulted ? Flushing : _merging;
            if (!failed.IsFaulted)
                return;
            if (failed == Flushing)
                Flushing = Task.CompletedTask;
            else
                _merging = Task.CompletedTask;
        }

        await failed.ConfigureAwait(false);
    }

    /// <summary>Stops what is under way; nothing begins any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Flushing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _merging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    /// <summary>Writes everything that is in memory now, under the writing lock, which the caller holds.</summary>
    public void FlushAll()
    {
        var memory = writer.Memory;
        if (memory.Count == 0 && writer.Position == store.FlushedTo)
            return;
        if (memory.Count > 0)
            Install(memory, store.Write(memory, CancellationToken.None));
        store.Commit(writer.Position);
    }

    private async Task FlushAsync()
    {
        await shared.Flushing.WaitAsync(_stopping.Token).ConfigureAwait(false);
        try
        {
            IReadOnlyList<SegmentRows> memory = [];
            var position = await LockedAsync(() =>
            {
                memory = writer.Memory;
                MarkBusy(memory);
                return writer.Position;
            }).ConfigureAwait(false);
            await ReplaceAsync(memory, FlushNiceness, () => store.Commit(position)).ConfigureAwait(false);
        }
        finally
        {
            shared.Flushing.Release();
        }

        Begin(isFlushDue: false);
    }

    private async Task MergeAsync()
    {
        await shared.Merging.WaitAsync(_stopping.Token).ConfigureAwait(false);
        try
        {
            while (await MergeFilesAsync().ConfigureAwait(false))
            {
            }
        }
        finally
        {
            shared.Merging.Release();
        }
    }

    private async Task<bool> MergeFilesAsync()
    {
        var chosen = await LockedAsync(() =>
        {
            var files = Files();
            MarkBusy(files);
            return files;
        }).ConfigureAwait(false);
        if (chosen.Count == 0)
            return false;
        await ReplaceAsync(chosen, MergeNiceness, () => store.Commit(store.FlushedTo)).ConfigureAwait(false);
        return true;
    }

    /// <summary>Merges segments to a file without the lock and installs it with the lock.</summary>
    private async Task ReplaceAsync(IReadOnlyList<SegmentRows> chosen, int niceness, Action commit)
    {
        Segment? merged = null;
        try
        {
            using var rented = store.Rent();
            if (chosen.Count > 0)
                merged = await PatientThread.RunAsync(() => store.Write(chosen, _stopping.Token), niceness).ConfigureAwait(false);
            await LockedAsync(() =>
            {
                if (chosen.Count > 0)
                    store.Replace(chosen, merged);
                commit();
                return true;
            }).ConfigureAwait(false);
        }
        finally
        {
            merged?.Dispose();
            foreach (var rows in chosen)
                writer.Busy.TryRemove(rows.Segment, out _);
        }
    }

    private void Install(IReadOnlyList<SegmentRows> chosen, Segment? merged)
    {
        store.Replace(chosen, merged);
        merged?.Dispose();
    }

    private void MarkBusy(IReadOnlyList<SegmentRows> chosen)
    {
        foreach (var rows in chosen)
            writer.Busy[rows.Segment] = true;
    }

    private IReadOnlyList<SegmentRows> Files() =>
        MergePolicy.Choose([.. store.Segments.Where(s => s.Segment.FileName is not null)]);

    private async Task<T> LockedAsync<T>(Func<T> action)
    {
        await writing.WaitAsync(_stopping.Token).ConfigureAwait(false);
        try
        {
            return action();
        }
        finally
        {
            writing.Release();
        }
    }
}
