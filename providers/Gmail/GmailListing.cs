using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using AnyFetch.Client;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Gmail;

/// <summary>One run over a mailbox: its threads when they were never listed, then what changed.</summary>
internal sealed class GmailListing(GmailClient client, GmailProviderOptions options, SyncContext context)
{
    private const int BadThreadsMax = 3;
    private const int RetryDelayMilliseconds = 200;
    private const int QueuedCharactersMax = 200_000;

    private readonly SourceAccount _account = context.Account;
    private readonly GmailThreadReader _threads = new(client, options, context.Account);
    private readonly GmailAttachmentReader _attachments = new(client, options, context.Account);

    public async IAsyncEnumerable<SyncItem> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A mailbox has one reader, for ever.
        if (context.Mode == SyncMode.Permissions)
        {
            yield break;
        }

        var cursor = GmailCursor.Read(context.Cursor)
            ?? new GmailCursor(await client.HistoryAsync(_account, cancellationToken), null) { IsNew = true };
        while (cursor.IsNew || cursor.PageToken is not null)
        {
            var page = await client.ThreadsAsync(_account, cursor.PageToken, cancellationToken);
            await foreach (var item in DescribeAsync(page.Threads, cancellationToken))
            {
                yield return item;
            }

            cursor = new GmailCursor(cursor.HistoryId, page.NextPageToken);
            yield return cursor.ToCheckpoint();
        }

        for (var hasMore = true; hasMore;)
        {
            var page = await client.ChangesAsync(_account, cursor.HistoryId, cancellationToken);
            await foreach (var item in DescribeAsync(Changed(page), cancellationToken))
            {
                yield return item;
            }

            hasMore = page.NextPageToken is not null && page.History.Count > 0;
            cursor = new GmailCursor(hasMore ? page.History[^1].Id : page.HistoryId, null);
            yield return cursor.ToCheckpoint();
        }

        // Believed only of a listing that began without a cursor; one that goes on from its own pages counts as such.
        yield return new SyncItem.ListingComplete();
    }

    /// <summary>The items of a thread and its attachments; a thread without messages is deleted.</summary>
    public async Task<IReadOnlyList<SyncItem>> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var identifier = GmailIdentifiers.OfThread(_account, id);
        var thread = await client.ThreadAsync(_account, id, cancellationToken);
        var messages = thread is null ? [] : GmailThreadReader.MessagesOf(thread);
        if (messages.Count == 0)
        {
            return [new SyncItem.Delete(identifier), new SyncItem.DeletePrefix(GmailIdentifiers.AttachmentsOf(identifier))];
        }

        var attachments = await _attachments.ReadAsync(id, messages, cancellationToken);
        var document = await _threads.ReadAsync(thread!, messages, attachments, cancellationToken);
        var rank = -2 * (messages[^1].InternalDate / 1000);
        var items = new List<SyncItem>
        {
            new SyncItem.Upsert(identifier)
            {
                Version = VersionOf(thread!.HistoryId, attachments.Count),
                Title = (string?)document.Metadata!["subject"],
                Rank = rank,
                Document = Length(document) <= QueuedCharactersMax ? document : null,
            },
        };

        // The thread first, then its attachments.
        items.AddRange(attachments.Select(attachment => attachment.ToUpsert(rank + 1)));
        await foreach (var known in KnownAsync(identifier, cancellationToken))
        {
            if (!attachments.Any(attachment => attachment.Identifier == known.Identifier))
            {
                items.Add(new SyncItem.Delete(known.Identifier));
            }
        }

        return items;
    }

    private static IReadOnlyList<GmailThreadName> Changed(GmailHistoryPage page) =>
    [
        .. page.History.SelectMany(change => change.Messages ?? []).Select(message => message.ThreadId).OfType<string>()
            .Reverse().Distinct(StringComparer.Ordinal).Select(id => new GmailThreadName(id, HistoryId: null)),
    ];

    private async IAsyncEnumerable<SyncItem> DescribeAsync(
        IReadOnlyList<GmailThreadName> threads, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var bad = 0;
        foreach (var few in threads.Chunk(Math.Max(1, options.ThreadsAtOnceMax)))
        {
            foreach (var read in await Task.WhenAll(few.Select(thread => DescribeAsync(thread, cancellationToken))))
            {
                // One thread that cannot be read is passed by; where many cannot, it is not the threads that are bad.
                bad += read.Fault is null ? 0 : 1;
                if (read.Fault is { IsRetryable: true } && bad > BadThreadsMax)
                {
                    throw new SourceException(read.Fault.Status, read.Fault.Message, read.Fault, read.Fault.RetryAfter);
                }

                foreach (var item in read.Items)
                {
                    yield return item;
                }
            }
        }
    }

    private async Task<(IReadOnlyList<SyncItem> Items, SourceException? Fault)> DescribeAsync(
        GmailThreadName thread, CancellationToken cancellationToken)
    {
        if (await FindUnchangedAsync(thread, cancellationToken) is { } unchanged)
        {
            return (unchanged, null);
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await ReadAsync(thread.Id, cancellationToken), null);
            }
            catch (SourceException fault) when (IsOfThread(fault))
            {
                if (!fault.IsRetryable || attempt >= options.ThreadAttemptsMax)
                {
                    return ([Failure(thread.Id, fault)], fault);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(RetryDelayMilliseconds * attempt), context.TimeProvider, cancellationToken);
            }
        }
    }

    // A quota or a pause concerns the whole mailbox.
    private static bool IsOfThread(SourceException fault) => fault.RetryAfter is null
        && (fault.Status >= HttpStatusCode.InternalServerError
            || fault.Status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge);

    private SyncItem.Failure Failure(string id, SourceException fault)
    {
        var identifier = GmailIdentifiers.OfThread(_account, id);
        return new("Unreadable", fault.Message)
        {
            Identifier = identifier, Prefix = GmailIdentifiers.AttachmentsOf(identifier),
        };
    }

    /// <summary>
    /// A thread that was sent as it is, with all its attachments: nothing has to be asked for. Null otherwise.
    /// </summary>
    private async Task<IReadOnlyList<SyncItem>?> FindUnchangedAsync(
        GmailThreadName thread, CancellationToken cancellationToken)
    {
        var identifier = GmailIdentifiers.OfThread(_account, thread.Id);
        if (thread.HistoryId is null
            || await context.Ledger.FindAsync(identifier, cancellationToken) is not { Version: { } version })
        {
            return null;
        }

        var items = new List<SyncItem> { new SyncItem.Upsert(identifier) { Version = version } };
        await foreach (var known in KnownAsync(identifier, cancellationToken))
        {
            if (known.Version is null)
            {
                return null;
            }

            items.Add(new SyncItem.Upsert(known.Identifier) { Version = known.Version });
        }

        return version == VersionOf(thread.HistoryId, items.Count - 1) ? items : null;
    }

    private IAsyncEnumerable<LedgerEntry> KnownAsync(string identifier, CancellationToken cancellationToken) =>
        context.Ledger.ListAsync(GmailIdentifiers.AttachmentsOf(identifier), cancellationToken);

    private static string? VersionOf(string? historyId, int attachments) =>
        historyId is null ? null : string.Create(CultureInfo.InvariantCulture, $"{historyId} {attachments}");

    private static int Length(DocumentDraft document) =>
        document.Metadata!.ToJsonString().Length + document.Data!.ToJsonString().Length;
}
