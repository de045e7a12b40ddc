using AnyFetch.Client;
using AnyFetch.Provider.Hosting;
using AnyFetch.Provider.Sending;
using AnyFetch.Provider.Store;
using Microsoft.Extensions.Caching.Memory;

namespace AnyFetch.Provider.Running;

/// <summary>
/// Sends one document again (provider-protocol, section 5.5): without the lock, and without touching cursor, last update or
/// service data.
/// </summary>
internal sealed class SingleItemRun(
    ProviderRuntime runtime, AccountRow account, RunRequest request, string identifier)
{
    private readonly JunkNames _junk = account.Junk.Over(runtime.Options.Junk);

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        using var cache = new MemoryCache(new MemoryCacheOptions());
        var source = runtime.CreateSource(account, readOnly: true);
        var core = runtime.CreateCore(account.Token!, request, new AnyFetchClientOptions());
        var context = new FetchContext(source, core, cache, runtime.Time)
        {
            ProviderUrl = runtime.Identity.ProviderUrl,
            Junk = _junk,
        };
        var sender = new ItemSender(runtime.Provider, context, account.Token!, runtime.Options);
        var found = false;
        try
        {
            await foreach (var item in FindAsync(source, cancellationToken))
            {
                found = true;
                await (item is SyncItem.Upsert
                    ? SendBesideRunsAsync(sender, item, cancellationToken)
                    : SendAsync(sender, item, cancellationToken));
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            found = true;
            await RecordAsync("list", FailureKinds.CodeOf(failure), failure.Message, cancellationToken);
        }

        if (!found)
        {
            await RecordAsync("list", "NotFound", "The source has no item with this identifier.", cancellationToken);
        }
    }

    private async IAsyncEnumerable<SyncItem> FindAsync(
        SourceAccount source,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var context = runtime.CreateContext(source, cursor: null, request, _junk, identifier: identifier);
        if (runtime.Provider is ISingleFetch single)
        {
            if (await single.FindAsync(identifier, context, cancellationToken) is { } one)
            {
                yield return one;
            }

            yield break;
        }

        await foreach (var item in runtime.Provider.SyncAsync(context, cancellationToken))
        {
            if ((item is SyncItem.Upsert upsert && upsert.Identifier == identifier)
                || (item is SyncItem.Delete delete && delete.Identifier == identifier))
            {
                yield return item;
            }
        }
    }

    // A run may find the item gone meanwhile, and its deletion may reach the core first.
    private async Task SendBesideRunsAsync(ItemSender sender, SyncItem item, CancellationToken cancellationToken)
    {
        await runtime.Store.Ledger.NoteAsync(account.Id, identifier, cancellationToken);
        await SendAsync(sender, item, cancellationToken);
        if (await runtime.Store.Ledger.IsDeletedAsync(account.Id, identifier, cancellationToken))
        {
            await SendAsync(sender, new SyncItem.Delete(identifier), cancellationToken);
        }
    }

    private async Task SendAsync(ItemSender sender, SyncItem item, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = item is SyncItem.Upsert upsert
                ? await sender.UpsertAsync(upsert, patchOf: null, attempt, cancellationToken)
                : await sender.SendAsync(DeleteRow(), cancellationToken);
            switch (outcome)
            {
                case SendOutcome.Postponed postponed when attempt < runtime.Options.AttemptsMax:
                    await Task.Delay(postponed.Delay, runtime.Time, cancellationToken);
                    continue;
                case SendOutcome.Failed failed when attempt < runtime.Options.AttemptsMax
                    && FailureKinds.Of(failed.Failure, failed.AtCore) is FailureKind.Retry or FailureKind.CoreBusy:
                    var wait = FailureKinds.RetryAfterOf(failed.Failure) ?? Backoff.Next(runtime.Options, attempt);
                    await Task.Delay(wait, runtime.Time, cancellationToken);
                    continue;
                case SendOutcome.Failed failed:
                    await RecordAsync(
                        failed.Stage, FailureKinds.CodeOf(failed.Failure), failed.Failure.Message, cancellationToken);
                    return;
                default:
                    await runtime.Store.Errors.ClearAsync(account.Id, identifier, cancellationToken);
                    return;
            }
        }
    }

    private ItemRow DeleteRow() =>
        new() { Sequence = 0, Identifier = identifier, Operation = ItemOperation.Delete };

    private Task RecordAsync(string stage, string code, string message, CancellationToken cancellationToken)
    {
        var error = new ErrorRow
        {
            Identifier = identifier,
            Stage = stage,
            Code = code,
            Message = message,
            Attempts = 1,
            LastSeen = runtime.Time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        return runtime.Store.Queue.RunAsync(
            connection => ErrorTable.Put(connection, account.Id, error, runtime.Options.ErrorsMax), cancellationToken);
    }
}
