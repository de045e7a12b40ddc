using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Commits;

/// <summary>
/// Writes what is in memory to files and merges files, beside searches and changes: it takes the writing lock only to
/// choose and to put the result in place.
/// </summary>
/// <param name="store">The segments.</param>
/// <param name="writer">Who else changes them.</param>
/// <param name="writing">The writing lock.</param>
/// <param name="merging">Bounds how many indexes merge at once.</param>
internal sealed class Maintenance(SegmentStore store, IndexWriter writer, SemaphoreSlim writing, SemaphoreSlim merging)
    : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;

    /// <summary>The work under way; completed when there is none.</summary>
    public Task Running => _running;

    /// <summary>Starts the work that is due, unless some is under way.</summary>
    /// <param name="isFlushDue">True when what is in memory must be written.</param>
    public void Begin(bool isFlushDue)
    {
        lock (_lock)
        {
            if (_running.IsCompleted && !_stopping.IsCancellationRequested && (isFlushDue || Files() is { Count: > 0 }))
                _running = Task.Run(() => RunAsync(isFlushDue));
        }
    }

    /// <summary>Throws what made the last work fail, once; it begins again when it is due.</summary>
    public async ValueTask ThrowIfFailedAsync()
    {
        Task failed;
        lock (_lock)
        {
            if (!_running.IsFaulted)
                return;
            (failed, _running) = (_running, Task.CompletedTask);
        }

        await failed.ConfigureAwait(false);
    }

    /// <summary>Stops what is under way; nothing begins any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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

    private async Task RunAsync(bool isFlushDue)
    {
        await merging.WaitAsync(_stopping.Token).ConfigureAwait(false);
        try
        {
            if (isFlushDue)
                await FlushAsync().ConfigureAwait(false);
            while (await MergeFilesAsync().ConfigureAwait(false))
            {
            }
        }
        finally
        {
            merging.Release();
        }
    }

    private async Task FlushAsync()
    {
        IReadOnlyList<SegmentRows> memory = [];
        var position = await LockedAsync(() =>
        {
            memory = writer.Memory;
            MarkBusy(memory);
            return writer.Position;
        }).ConfigureAwait(false);
        await ReplaceAsync(memory, () => store.Commit(position)).ConfigureAwait(false);
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
        await ReplaceAsync(chosen, () => store.Commit(store.FlushedTo)).ConfigureAwait(false);
        return true;
    }

    /// <summary>Merges segments to a file without the lock and installs it with the lock.</summary>
    private async Task ReplaceAsync(IReadOnlyList<SegmentRows> chosen, Action commit)
    {
        try
        {
            using var rented = store.Rent();
            var merged = chosen.Count == 0 ? null : store.Write(chosen, _stopping.Token);
            await LockedAsync(() =>
            {
                if (chosen.Count > 0)
                    Install(chosen, merged);
                commit();
                return true;
            }).ConfigureAwait(false);
        }
        finally
        {
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
