using System.Net;
using System.Text.Json;
using AnyFetch.Client;
using AnyFetch.Provider.Running;
using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Sending;

/// <summary>
/// Sends many items through the core's batch door: deletions, and documents without a file. A page that the core refuses is
/// sent item by item, so that one bad document never fails the others, and so is everything when the core has no door.
/// </summary>
internal sealed class PageSender(ActiveRun run, ItemSender sender, SettlingStep settling, DocumentsClient core)
{
    private volatile bool _hasNoDoor;

    /// <summary>Whether an item may travel in a page.</summary>
    public bool Takes(ItemRow item) => !_hasNoDoor && run.Options.PageItemsMax > 1
        && (item.Operation == ItemOperation.Delete
            || (item.PatchOf is null && (item.IsComplete || run.Provider is not IDocumentFetcher)));

    /// <summary>Sends items and settles each.</summary>
    public async Task SendAsync(IReadOnlyList<ItemRow> items, long pass, CancellationToken cancellationToken)
    {
        var page = new List<PageItem>(items.Count);
        foreach (var item in items)
        {
            if (item.Operation == ItemOperation.Delete)
            {
                page.Add(new PageItem(item, Item: null, Send: null));
            }
            else if (await PrepareAsync(item, pass, cancellationToken) is { } prepared)
            {
                page.Add(prepared);
            }
        }

        if (page.Count == 0)
        {
            return;
        }

        if (await PostAsync(page, cancellationToken) is { } failure)
        {
            await RefusedAsync(page, failure, pass, cancellationToken);
            return;
        }

        foreach (var item in page)
        {
            await settling.SettleAsync(item.Row, item.Done(), pass, cancellationToken);
        }
    }

    // What turns out to have a file, or to be no document, goes its own way.
    private async Task<PageItem?> PrepareAsync(ItemRow row, long pass, CancellationToken cancellationToken)
    {
        var item = row.ToUpsert();
        var prepared = await sender.PrepareAsync(item, isAccessOnly: false, row.Attempts + 1, cancellationToken);
        if (prepared.Result is FetchResult.Send { File: null } send)
        {
            return new PageItem(row, item, send);
        }

        var outcome = prepared.Failure
            ?? await sender.SendAsync(item, prepared.Result!, row.PatchOf, isAccessOnly: false, cancellationToken);
        await settling.SettleAsync(row, outcome, pass, cancellationToken);
        return null;
    }

    /// <summary>Null when the core has made the page.</summary>
    private async Task<Exception?> PostAsync(List<PageItem> page, CancellationToken cancellationToken)
    {
        var draft = new PageDraft
        {
            Documents = [.. page.Where(item => !item.IsDeletion).Select(item => sender.Complete(item.Item!, item.Send!))],
            Deletions = [.. page.Where(item => item.IsDeletion).Select(item => item.Row.Identifier)],
        };
        var key = Guid.NewGuid().ToString("N");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await core.SendPageAsync(key, draft, cancellationToken);
                return null;
            }
            catch (HttpRequestException) when (attempt == 1)
            {
                // The answer may have been lost alone: under the same key nothing is made twice.
            }
            catch (Exception failure) when (ItemSender.IsFailure(failure, cancellationToken))
            {
                _hasNoDoor |= failure is JsonException
                    or AnyFetchException { Status: HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed };
                return failure;
            }
        }
    }

    private async Task RefusedAsync(
        List<PageItem> page, Exception failure, long pass, CancellationToken cancellationToken)
    {
        switch (FailureKinds.Of(failure, atCore: true))
        {
            case FailureKind.CoreBusy:
                await settling.CoreBusyAsync(page.ConvertAll(item => item.Row), failure, pass, cancellationToken);
                break;
            case FailureKind.CoreRefuses:
                settling.CoreRefuses();
                break;
            default:
                await SendEachAsync(page, cancellationToken);
                break;
        }
    }

    private async Task SendEachAsync(List<PageItem> page, CancellationToken cancellationToken)
    {
        foreach (var item in page)
        {
            var pass = await run.Gate.WaitAsync(cancellationToken);
            var outcome = item.IsDeletion
                ? await sender.DeleteAsync(item.Row.Identifier, cancellationToken)
                : await sender.SendAsync(item.Item!, item.Send!, patchOf: null, isAccessOnly: false, cancellationToken);
            await settling.SettleAsync(item.Row, outcome, pass, cancellationToken);
        }
    }

    private sealed record PageItem(ItemRow Row, SyncItem.Upsert? Item, FetchResult.Send? Send)
    {
        public bool IsDeletion => Send is null;

        public SendOutcome Done() => Send is null ? new SendOutcome.Deleted() : ItemSender.Versions(Item!, Send);
    }
}
