using AnyFetch.Provider.Hosting;
using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Running;

/// <summary>Counts what a run would do: nothing is sent, and neither cursor, lock nor ledger move.</summary>
internal sealed class DryRun(ProviderRuntime runtime, AccountRow account, RunRequest request)
{
    private const int SamplesMax = 100;

    private readonly List<string> _samples = [];
    private long _seen;
    private long _wouldSend;
    private long _skipped;
    private long _excluded;
    private long _wouldDelete;
    private long _failed;

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var started = runtime.Time.GetUtcNow();
        string? error = null;
        try
        {
            var source = runtime.CreateSource(account, readOnly: true);
            var context = runtime.CreateContext(
                source, account.IsJunkChanged(runtime.Options.Junk) ? null : account.Cursor, request, account.Junk.Over(runtime.Options.Junk),
                () => Interlocked.Increment(ref _excluded));
            await foreach (var item in runtime.Provider.SyncAsync(context, cancellationToken))
            {
                await CountAsync(item, cancellationToken);
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            error = failure.Message;
        }

        var report = Report(started, error);
        var run = await runtime.Store.Runs.BeginAsync(account.Id, report, cancellationToken);
        await runtime.Store.Runs.SaveAsync(account.Id, run, report, runtime.Options.RunsMax, cancellationToken);
    }

    private RunReport Report(DateTimeOffset started, string? error) => new()
    {
        Reason = request.Reason,
        Mode = "dry_run",
        Outcome = error is null ? "succeeded" : "failed",
        Phase = "done",
        Started = started,
        Ended = runtime.Time.GetUtcNow(),
        Seen = _seen,
        Sent = 0,
        Backlog = _wouldSend,
        Skipped = _skipped,
        Excluded = Interlocked.Read(ref _excluded),
        Deleted = _wouldDelete,
        Failed = _failed,
        Samples = _samples,
        Error = error,
    };

    private async Task CountAsync(SyncItem item, CancellationToken cancellationToken)
    {
        switch (item)
        {
            case SyncItem.Upsert upsert:
                _seen++;
                var known = await runtime.Store.Ledger.FindAsync(account.Id, upsert.Identifier, cancellationToken);
                if (upsert.Version is not null && known?.Version == upsert.Version)
                {
                    _skipped++;
                    return;
                }

                _wouldSend++;
                Sample(upsert.Identifier);
                break;
            case SyncItem.Delete delete:
                if (await runtime.Store.Ledger.FindAsync(account.Id, delete.Identifier, cancellationToken) is not null)
                {
                    _wouldDelete++;
                    Sample(delete.Identifier);
                }

                break;
            case SyncItem.DeletePrefix { Prefix.Length: > 0 } prefix:
                await foreach (var entry in runtime.Store.Ledger.ListAsync(account.Id, prefix.Prefix, cancellationToken))
                {
                    _wouldDelete++;
                    Sample(entry.Identifier);
                }

                break;
            case SyncItem.Failure:
                _failed++;
                break;
        }
    }

    private void Sample(string identifier)
    {
        if (_samples.Count < SamplesMax)
        {
            _samples.Add(identifier);
        }
    }
}
