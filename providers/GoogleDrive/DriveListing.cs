using System.Runtime.CompilerServices;
using AnyFetch.Provider;

namespace AnyFetch.Providers.GoogleDrive;

/// <summary>
/// One run over a person's own files and the shared drives, each of which has a log of changes of its own: first what was
/// never listed, then what changed.
/// </summary>
internal sealed class DriveListing(GoogleDriveClient client, GoogleDriveProviderOptions options, SyncContext context)
{
    private const string NotTrashed = "trashed = false";
    private const string IsFolder = $"mimeType = '{DriveFile.FolderType}'";

    private readonly DriveFolders _folders = new(client, context.Account, options.FoldersMax);

    // What this run yielded: the ledger may know it by its old place still.
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public async IAsyncEnumerable<SyncItem> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = DriveCursor.Read(context.Cursor);
        if (cursor.Logs.Count == 0)
        {
            cursor.Logs.Add(new DriveLog { Token = await client.StartAsync(context.Account, null, cancellationToken) });
        }

        await foreach (var item in DrivesAsync(cursor, cancellationToken))
        {
            yield return item;
        }

        foreach (var log in cursor.Logs.Where(log => !log.IsListed))
        {
            await foreach (var item in ListAsync(cursor, log, cancellationToken))
            {
                yield return item;
            }
        }

        foreach (var log in cursor.Logs)
        {
            await foreach (var item in ChangesAsync(cursor, log, cancellationToken))
            {
                yield return item;
            }

            if (_seen.Count >= options.ChangesMax)
            {
                yield break;
            }
        }

        // Believed only of a listing that began without a cursor; one that goes on from its own pages counts as such.
        yield return new SyncItem.ListingComplete();
    }

    // A drive that the person left takes its documents along; a new one, or one with a new name, is listed.
    private async IAsyncEnumerable<SyncItem> DrivesAsync(
        DriveCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var drives = await DrivesAsync(cancellationToken);
        var left = cursor.Logs.Where(log => log.Drive is not null && !drives.ContainsKey(log.Drive)).ToList();
        await foreach (var item in BelowAsync([.. left.Select(log => log.Drive!)], cancellationToken))
        {
            yield return item;
        }

        cursor.Logs.RemoveAll(left.Contains);
        foreach (var drive in drives.Values)
        {
            _folders.Put(drive);
            if (cursor.Logs.Find(log => log.Drive == drive.Id) is not { } log)
            {
                var token = await client.StartAsync(context.Account, drive.Id, cancellationToken);
                cursor.Logs.Add(new DriveLog { Drive = drive.Id, Name = drive.Name, Token = token });
            }
            else if (log.Name != drive.Name)
            {
                (log.Name, log.IsListed) = (drive.Name, false);
            }
        }
    }

    private async Task<Dictionary<string, SharedDrive>> DrivesAsync(CancellationToken cancellationToken)
    {
        var drives = new Dictionary<string, SharedDrive>(StringComparer.Ordinal);
        string? next = null;
        do
        {
            var page = await client.DrivesAsync(context.Account, next, cancellationToken);
            foreach (var drive in page.Drives)
            {
                drives[drive.Id] = drive;
            }

            next = page.NextPageToken;
        }
        while (next is not null);
        return drives;
    }

    private async IAsyncEnumerable<SyncItem> ListAsync(
        DriveCursor cursor, DriveLog log, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in PagesAsync(log.Drive, $"{NotTrashed} and {IsFolder}", null, cancellationToken))
        {
            foreach (var folder in page.Files)
            {
                _folders.Put(folder);
            }
        }

        await foreach (var page in PagesAsync(
            log.Drive, $"{NotTrashed} and mimeType != '{DriveFile.FolderType}'", log.Page, cancellationToken))
        {
            foreach (var file in page.Files)
            {
                if (await DescribeAsync(file, isChange: false, cancellationToken) is { } item)
                {
                    yield return item;
                }
            }

            if (page.IncompleteSearch)
            {
                yield return new SyncItem.Failure("Incomplete", "Drive did not search everywhere: nothing is removed.");
            }

            (log.Page, log.IsListed) = (page.NextPageToken, page.NextPageToken is null);
            yield return cursor.ToCheckpoint();
        }
    }

    private async IAsyncEnumerable<SyncItem> ChangesAsync(
        DriveCursor cursor, DriveLog log, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var hasMore = true; hasMore && _seen.Count < options.ChangesMax;)
        {
            var page = await client.ChangesAsync(context.Account, log.Drive, log.Token, cancellationToken);
            await foreach (var item in GoneAsync(page, cancellationToken))
            {
                yield return item;
            }

            foreach (var file in page.Changes.Select(change => change.File).OfType<DriveFile>().Where(file => !file.Trashed))
            {
                await foreach (var item in ChangedAsync(file, cancellationToken))
                {
                    yield return item;
                }
            }

            hasMore = page.NextPageToken is not null;
            log.Token = page.NextPageToken ?? page.NewStartPageToken ?? log.Token;
            yield return cursor.ToCheckpoint();
        }
    }

    // What is gone comes before what changed: a file that was moved out of a folder that is gone is there still.
    private async IAsyncEnumerable<SyncItem> GoneAsync(
        DriveChangePage page, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in page.Changes.Where(IsGone).Select(change => change.FileId ?? change.File!.Id))
        {
            var identifier = DriveDocuments.Identifier(id);
            if (await context.Ledger.FindAsync(identifier, cancellationToken) is null)
            {
                folders.Add(id);
            }
            else
            {
                yield return new SyncItem.Delete(identifier);
            }
        }

        await foreach (var item in BelowAsync(folders, cancellationToken))
        {
            yield return item;
        }
    }

    private static bool IsGone(DriveChange change) =>
        change.File is { Trashed: true } || (change is { Removed: true, File: null, FileId: not null });

    // Drive does not tell of each file below a folder that was moved, renamed, shared or taken out of the bin.
    private async IAsyncEnumerable<SyncItem> ChangedAsync(
        DriveFile changed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!changed.IsFolder)
        {
            if (await DescribeAsync(changed, isChange: true, cancellationToken) is { } item)
            {
                yield return item;
            }

            yield break;
        }

        _folders.Put(changed);
        var open = new Queue<DriveFile>([changed]);
        var visited = new HashSet<string>(StringComparer.Ordinal) { changed.Id };
        while (open.TryDequeue(out var folder))
        {
            var query = $"'{folder.Id}' in parents and {NotTrashed}";
            await foreach (var page in PagesAsync(folder.DriveId, query, null, cancellationToken))
            {
                foreach (var file in page.Files)
                {
                    if (file.IsFolder && visited.Count < options.FoldersMax && visited.Add(file.Id))
                    {
                        _folders.Put(file);
                        open.Enqueue(file);
                    }
                    else if (await DescribeAsync(file, isChange: true, cancellationToken) is { } item)
                    {
                        yield return item;
                    }
                }
            }
        }
    }

    private async IAsyncEnumerable<SyncItem> BelowAsync(
        HashSet<string> folders, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (folders.Count == 0)
        {
            yield break;
        }

        await foreach (var entry in context.Ledger.ListAsync(DriveDocuments.Prefix, cancellationToken))
        {
            if (DriveDocuments.IsBelow(entry, folders) && !_seen.Contains(entry.Identifier))
            {
                yield return new SyncItem.Delete(entry.Identifier);
            }
        }
    }

    private async IAsyncEnumerable<DriveFilePage> PagesAsync(
        string? drive, string query, string? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = from;
        do
        {
            var page = await client.ListAsync(context.Account, drive, query, next, cancellationToken);
            yield return page;
            next = page.NextPageToken;
        }
        while (next is not null);
    }

    private async Task<SyncItem?> DescribeAsync(DriveFile file, bool isChange, CancellationToken cancellationToken)
    {
        // A shortcut stands for its target, once: a shortcut to a shortcut for nothing.
        var target = file;
        if (file.ShortcutDetails is { TargetId: { } id } shortcut)
        {
            target = shortcut.TargetMimeType == DriveFile.FolderType
                ? null
                : await client.FindAsync(context.Account, id, cancellationToken);
        }

        if (target is null or { Trashed: true } or { IsFolder: true } or { ShortcutDetails: not null })
        {
            return null;
        }

        var place = await _folders.FindAsync(target, cancellationToken);
        var item = DriveDocuments.ToUpsert(target, place, options, context);
        if (isChange && item is not null)
        {
            _seen.Add(item.Identifier);
        }

        // A file that got a junk name goes; one that was never sent is not deleted either.
        return item is null && isChange ? new SyncItem.Delete(DriveDocuments.Identifier(target.Id)) : item;
    }
}
