using System.Runtime.CompilerServices;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Box;

/// <summary>
/// One listing: the position of the stream first, then a walk of everything, then the events since. What happens during
/// the walk is told by the events, so that nothing is missed and nothing that only moved is taken for vanished.
/// </summary>
internal sealed class BoxListing(BoxClient client, BoxProviderOptions options, SyncContext context)
{
    private const int FilesAtOnceMax = 4;

    private readonly BoxChanges _changes = new();
    private readonly BoxReaders _readers = new(client, options, context);

    public async IAsyncEnumerable<SyncItem> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = await BeginAsync(cancellationToken);
        if (context.Cursor is null)
        {
            yield return Checkpoint(cursor);
        }

        for (var hasMore = true; hasMore;)
        {
            await foreach (var item in WalkAsync(cursor, cancellationToken))
            {
                yield return item;
            }

            var now = Now();
            var page = await client.ListEventsAsync(context.Account, cursor.Position, cancellationToken);
            var (files, folders) = _changes.Read(page);
            _readers.Forget();
            foreach (var some in files.Chunk(FilesAtOnceMax))
            {
                foreach (var item in await Task.WhenAll(some.Select(file => LookAsync(file, cancellationToken))))
                {
                    yield return item;
                }
            }

            hasMore = (page.Entries.Count > 0 && page.Position != cursor.Position) || folders.Count > 0;
            cursor = new BoxCursor(page.Position, now, [.. folders]);
            yield return Checkpoint(cursor);
        }

        // Believed only of a listing that began without a cursor; one that goes on from its own folders counts as such.
        yield return new SyncItem.ListingComplete();
    }

    private async Task<BoxCursor> BeginAsync(CancellationToken cancellationToken)
    {
        if (context.Cursor is { } stored)
        {
            return BoxCursor.Parse(stored, context.TimeProvider.GetUtcNow(), options.EventDaysMax);
        }

        var now = Now();
        return new BoxCursor(await client.GetPositionAsync(context.Account, cancellationToken), now, [BoxWalk.Root]);
    }

    private async IAsyncEnumerable<SyncItem> WalkAsync(
        BoxCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var walk = new BoxWalk(client, _readers, context, cursor);
        await foreach (var item in walk.RunAsync(cancellationToken))
        {
            yield return item;
        }

        if (walk.Gone.Count > 0)
        {
            // The walk ended with a checkpoint: the ledger knows of all that was yielded, moves out of here included.
            await foreach (var entry in context.Ledger.ListAsync("", cancellationToken))
            {
                if (await IsGoneAsync(entry, walk.Gone, cancellationToken))
                {
                    yield return new SyncItem.Delete(entry.Identifier);
                }
            }
        }
    }

    private async Task<bool> IsGoneAsync(
        LedgerEntry entry, IReadOnlySet<string> folders, CancellationToken cancellationToken) =>
        BoxPlace.IsBelow(entry.QueuedVersion ?? entry.Version, folders)
            ?? await client.FindFileAsync(context.Account, entry.Identifier, cancellationToken) is null;

    private async Task<SyncItem> LookAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var file = await client.FindFileAsync(context.Account, id, cancellationToken);
            return file is not null && await _readers.DescribeAsync(file, cancellationToken) is { } upsert
                ? upsert
                : new SyncItem.Delete(id);
        }
        catch (BoxException refused) when (!refused.IsRetryable)
        {
            return new SyncItem.Failure("Unreadable", refused.Message) { Identifier = id };
        }
    }

    // A cursor without a walk, or with the folders of one page of events, always fits.
    private static SyncItem.Checkpoint Checkpoint(BoxCursor cursor) => new(cursor.Format()!);

    private long Now() => context.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
}
