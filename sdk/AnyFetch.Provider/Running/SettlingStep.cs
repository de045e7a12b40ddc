using System.Collections.Concurrent;
using System.Text.Json;
using AnyFetch.Provider.Sending;
using AnyFetch.Provider.Store;
using AnyFetch.Sqlite;

namespace AnyFetch.Provider.Running;

/// <summary>Stores what became of each item and decides what follows: nothing, another attempt, a pause, the end of the run.</summary>
internal sealed class SettlingStep(ActiveRun run)
{
    private const int PostponementsInRunMax = 3;

    private readonly Lock _refusing = new();
    private Task _last = Task.CompletedTask;
    private int _refusals;
    private long _refusedBefore;

    /// <summary>Additions that count against the cap and are not settled yet.</summary>
    public ConcurrentDictionary<string, bool> Counted { get; } = new(StringComparer.Ordinal);

    /// <summary>Waits until everything settled so far is durable.</summary>
    public Task FlushAsync() => Volatile.Read(ref _last);

    /// <summary>Settles one item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="pass">What the gate gave the call.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task SettleAsync(ItemRow item, SendOutcome outcome, long pass, CancellationToken cancellationToken)
    {
        if (outcome is not SendOutcome.Failed)
        {
            Volatile.Write(ref _refusals, 0);
        }

        return outcome switch
        {
            SendOutcome.Sent sent => SentAsync(item, sent, cancellationToken),
            SendOutcome.Deleted => DeletedAsync(item, cancellationToken),
            SendOutcome.Postponed postponed => PostponedAsync(item, postponed.Delay, cancellationToken),
            SendOutcome.Failed failed => FailedAsync(item, failed, pass, cancellationToken),
            _ => GoneAsync(item, cancellationToken),
        };
    }

    /// <summary>
    /// Puts items back that the core took none of because it is busy: they did nothing wrong and keep their attempts, while the
    /// whole account waits. They come back together, and go on together.
    /// </summary>
    public async Task CoreBusyAsync(
        IReadOnlyList<ItemRow> items, Exception failure, long pass, CancellationToken cancellationToken)
    {
        // The gate closes before the items come back, so that none of them goes out again before the wait is over.
        if (Refused(failure, pass) is not { } until)
        {
            run.Abort(RunEnd.Failed, $"The core refuses documents: {failure.Message}");
            return;
        }

        var pause = run.PauseAsync(until);
        foreach (var item in items)
        {
            Refund(item);
        }

        await StoreAsync(items, _ => { }, cancellationToken);
        await pause;
    }

    // Calls that were under way together are refused together, by one connection that was cut: they count once and wait once.
    // What matters is how often the core was asked in vain. Null when that is enough.
    private long? Refused(Exception failure, long pass)
    {
        lock (_refusing)
        {
            var isNext = pass >= _refusedBefore;
            if (isNext)
            {
                var refusals = Interlocked.Increment(ref _refusals);
                run.Log.CoreBusy(run.Account.Id, refusals, FailureKinds.CodeOf(failure));
                if (refusals > run.Options.CoreRefusalsMax)
                {
                    return null;
                }
            }

            var until = run.Gate.Pause(
                FailureKinds.RetryAfterOf(failure) ?? (isNext ? Backoff.Next(run.Options, _refusals) : TimeSpan.Zero));
            _refusedBefore = isNext ? run.Gate.Closings : _refusedBefore;
            return until;
        }
    }

    /// <summary>Ends the run, because the core takes nothing from this account any more.</summary>
    public void CoreRefuses() => run.Abort(RunEnd.Failed, "The core no longer accepts this account's token.");

    private Task SentAsync(ItemRow item, SendOutcome.Sent sent, CancellationToken cancellationToken)
    {
        var account = run.Account.Id;
        var now = run.Now();
        run.Counters.CountSent(sent.Bytes, sent.IsMove);
        Counted.TryRemove(item.Identifier, out _);
        var remark = Remark(item, sent);
        return StoreAsync(
            item,
            connection =>
            {
                ItemTable.Sent(connection, account, item, sent.Version, sent.Content, now);
                if (remark is not null)
                {
                    ErrorTable.Put(connection, account, remark, run.Options.ErrorsMax);
                }
            },
            cancellationToken);
    }

    // What people should know of a document that arrived all the same.
    private ErrorRow? Remark(ItemRow item, SendOutcome.Sent sent) => sent switch
    {
        { Access: AccessRemark.Unknown } => Error(
            item, "fetch", "AccessUnknown", "The source does not tell who may see it: only the connecting user does.",
            retryable: true),
        { Access: AccessRemark.NobodyKnown } => Error(
            item, "fetch", "ReadersUnknown",
            "None of those who may see it at the source is a user here: only the connecting user sees it.",
            retryable: true),
        { Access: AccessRemark.GroupUnknown } => Error(
            item, "fetch", "GroupUnreadable",
            "The source does not tell the members of a group that may see it: they do not see it here.",
            retryable: true),
        { Access: AccessRemark.TooMany } => Error(
            item, "fetch", "TooManyReaders",
            $"More than {run.Options.ReadersMax} people may see it at the source: only the connecting user does here.",
            retryable: false),
        { TooLarge: true } => Error(item, "send", "TooLarge", TooLargeMessage(), retryable: false),
        _ => null,
    };

    private Task DeletedAsync(ItemRow item, CancellationToken cancellationToken)
    {
        run.Counters.CountDeleted();
        return StoreAsync(
            item, connection => ItemTable.Deleted(connection, run.Account.Id, item), cancellationToken);
    }

    private Task GoneAsync(ItemRow item, CancellationToken cancellationToken)
    {
        run.Counters.CountSkipped();
        Refund(item);
        return StoreAsync(item, connection => ItemTable.Gone(connection, run.Account.Id, item), cancellationToken);
    }

    // A few short waits belong to this run; an item that is still not ready is left to a later one.
    private Task PostponedAsync(ItemRow item, TimeSpan delay, CancellationToken cancellationToken)
    {
        var later = item with { Postponements = item.Postponements + 1 };
        var inRun = later.Postponements <= PostponementsInRunMax;
        if (!inRun)
        {
            Refund(item);
        }

        var notBefore = run.Now() + Math.Max(1, (long)delay.TotalMilliseconds);
        return StoreAsync(
            item,
            connection => ItemTable.Wait(connection, later, inRun ? run.RunId : 0, notBefore),
            cancellationToken);
    }

    private async Task FailedAsync(
        ItemRow item, SendOutcome.Failed failed, long pass, CancellationToken cancellationToken)
    {
        var kind = FailureKinds.Of(failed.Failure, failed.AtCore);
        switch (kind)
        {
            case FailureKind.SourceRefuses:
                run.Abort(RunEnd.RefreshRequired, failed.Failure.Message);
                break;
            case FailureKind.CoreRefuses:
                CoreRefuses();
                break;
            case FailureKind.CoreBusy:
                await CoreBusyAsync([item], failed.Failure, pass, cancellationToken);
                break;
            default:
                await ItemFailedAsync(item, failed, kind, cancellationToken);
                break;
        }
    }

    private async Task ItemFailedAsync(
        ItemRow item, SendOutcome.Failed failed, FailureKind kind, CancellationToken cancellationToken)
    {
        var tried = item with { Attempts = item.Attempts + 1 };
        var retryAfter = FailureKinds.RetryAfterOf(failed.Failure);
        if (kind == FailureKind.Retry && tried.Attempts < run.Options.AttemptsMax)
        {
            var notBefore = run.Now() + Math.Max(
                1, (long)(retryAfter ?? Backoff.Next(run.Options, tried.Attempts)).TotalMilliseconds);
            await StoreAsync(
                item, connection => ItemTable.Wait(connection, tried, run.RunId, notBefore), cancellationToken);
        }
        else
        {
            Refund(item);
            run.Counters.CountFailed(item.Operation);
            run.Log.ItemFailed(run.Account.Id, failed.Stage, FailureKinds.CodeOf(failed.Failure));
            var error = Error(
                tried, failed.Stage, FailureKinds.CodeOf(failed.Failure), failed.Failure.Message,
                retryable: kind != FailureKind.Final);
            await StoreAsync(item, connection => Fail(connection, item, error), cancellationToken);
        }

        if (retryAfter is { } wait)
        {
            await run.PauseAsync(wait);
        }
    }

    private void Fail(SqliteConnection connection, ItemRow item, ErrorRow error)
    {
        ItemTable.Failed(connection, run.Account.Id, item, error.Retryable);
        ErrorTable.Put(connection, run.Account.Id, error, run.Options.ErrorsMax);
    }

    private ErrorRow Error(ItemRow item, string stage, string code, string message, bool retryable) => new()
    {
        Identifier = item.Identifier,
        Title = item.Title,
        Stage = stage,
        Code = code,
        Message = message,
        Attempts = Math.Max(1, item.Attempts),
        LastSeen = run.Now(),
        Retryable = retryable,
        Item = JsonSerializer.Serialize(
            item with { Sequence = 0, Attempts = 0, Postponements = 0, PatchOf = null }, ProviderJson.Default.ItemRow),
    };

    private string TooLargeMessage() =>
        $"The file is larger than {run.Options.FileBytesMax} bytes: the document was sent without it.";

    private void Refund(ItemRow item)
    {
        if (Counted.TryRemove(item.Identifier, out _))
        {
            run.RefundAddition();
        }
    }

    private Task StoreAsync(ItemRow item, Action<SqliteConnection> work, CancellationToken cancellationToken) =>
        StoreAsync([item], work, cancellationToken);

    // The caller goes on before the disk has answered: sending an item twice after a crash does no harm.
    private async Task StoreAsync(
        IReadOnlyList<ItemRow> items, Action<SqliteConnection> work, CancellationToken cancellationToken)
    {
        var durable = await run.Store.Queue.PostAsync(
            connection =>
            {
                work(connection);
                foreach (var item in items)
                {
                    run.InFlight.TryRemove(item.Identifier, out _);
                }

                run.Pulse.Set();
            },
            cancellationToken);
        Volatile.Write(ref _last, durable);

        // A store that fails (a full disk) must end the run: the items would come back for ever.
        _ = durable.ContinueWith(
            failed => run.Abort(RunEnd.Failed, "The provider's store failed: " + failed.Exception!.InnerException!.Message),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
    }
}
