using System.Net;
using System.Runtime.CompilerServices;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Evernote;

/// <summary>
/// One run's reading of what changed, page by page, by Evernote's update sequence numbers (providers specification,
/// section 7).
/// </summary>
internal sealed class EvernoteListing(EvernoteClient client, EvernoteDocuments documents, SyncContext context)
{
    private EvernoteNames? _names;

    public async IAsyncEnumerable<SyncItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var state = await client.GetStateAsync(context.Account, cancellationToken);
        var began = Begin(state);
        var cursor = began;
        var isLast = cursor.Usn >= state.UpdateCount;
        while (!isLast)
        {
            var page = await client.ListAsync(context.Account, cursor.Usn, cancellationToken);
            if (page.HighSequence is not { } high)
            {
                break;
            }

            if (high <= cursor.Usn)
            {
                throw new SourceException(HttpStatusCode.BadGateway, "Evernote's pages of changes do not go on.");
            }

            await foreach (var item in DescribeAsync(page, high, cursor, cancellationToken))
            {
                yield return item;
            }

            cursor = cursor with { Usn = high };
            isLast = high >= page.UpdateCount;
            if (!isLast)
            {
                yield return new SyncItem.Checkpoint(cursor.ToString());
            }
        }

        // Without a change the cursor stays as it is, letter by letter.
        if (cursor != began || began.Until is not null)
        {
            yield return new SyncItem.Checkpoint(new EvernoteCursor(cursor.Usn, state.Now).ToString());
        }

        // Believed only of a listing that began without a cursor; one that goes on from its own pages counts as such.
        yield return new SyncItem.ListingComplete();
    }

    private EvernoteCursor Begin(EvernoteState state)
    {
        if (context.Cursor is null)
        {
            return new EvernoteCursor(0, state.Now) { Until = state.UpdateCount };
        }

        return EvernoteCursor.Parse(context.Cursor) is { } cursor
            && state.FullSyncBefore <= cursor.LastSync && cursor.Usn <= state.UpdateCount
                ? cursor
                : throw new CursorExpiredException("Evernote asks to list everything again.");
    }

    private async IAsyncEnumerable<SyncItem> DescribeAsync(
        EvernoteChunk page, int high, EvernoteCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (page.ExpungedNotebooks.Count > 0 && !(high <= cursor.Until))
        {
            // Its notes are gone with it and are not told one by one: what is left is listed.
            throw new CursorExpiredException("A notebook was expunged.");
        }

        foreach (var item in page.ExpungedNotes.SelectMany(EvernoteDocuments.Gone))
        {
            yield return item;
        }

        var notes = page.Notes.ToList();
        notes.AddRange(await RecognizedAsync(page, cursor.Until ?? 0, cancellationToken));
        foreach (var note in notes)
        {
            var items = note.IsTrashed
                ? [.. EvernoteDocuments.Gone(note.Id)]
                : documents.Describe(note, await NamesAsync(note, cancellationToken), context).ToList();
            foreach (var item in items)
            {
                yield return item;
            }

            await foreach (var item in RemovedAsync(note, items, cursor, cancellationToken))
            {
                yield return item;
            }
        }
    }

    // What is recognised in a picture comes after its note, and changes the picture alone.
    private async Task<List<EvernoteNote>> RecognizedAsync(
        EvernoteChunk page, int until, CancellationToken cancellationToken)
    {
        var found = new List<EvernoteNote>();
        var ids = page.Resources.Where(resource => resource.Sequence > until).Select(resource => resource.NoteId)
            .OfType<string>().Except(page.Notes.Select(note => note.Id));
        foreach (var id in ids)
        {
            if (await client.FindNoteAsync(
                context.Account, id, withContent: false, withData: false, cancellationToken) is { } note)
            {
                found.Add(note);
            }
        }

        return found;
    }

    // Attachments that a note no longer has; a listing of everything finds them by itself.
    private async IAsyncEnumerable<SyncItem> RemovedAsync(
        EvernoteNote note, IReadOnlyCollection<SyncItem> items, EvernoteCursor cursor,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (cursor.Until is not null || note.IsTrashed)
        {
            yield break;
        }

        var left = items.OfType<SyncItem.Upsert>().Select(item => item.Identifier).ToHashSet();
        await foreach (var known in context.Ledger.ListAsync(note.Id + "/", cancellationToken))
        {
            if (!left.Contains(known.Identifier))
            {
                yield return new SyncItem.Delete(known.Identifier);
            }
        }
    }

    private async Task<EvernoteNames> NamesAsync(EvernoteNote note, CancellationToken cancellationToken)
    {
        if (_names?.Know(note) != true)
        {
            _names = await EvernoteNames.LoadAsync(client, context.Account, cancellationToken);
        }

        return _names;
    }
}
