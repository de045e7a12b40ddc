using System.Net;
using System.Runtime.CompilerServices;
using AnyFetch.Client;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Box;

/// <summary>
/// Walks folders depth first, one page at a time: the frontier is the cursor, so that a walk goes on at the page where it
/// was interrupted.
/// </summary>
internal sealed class BoxWalk(BoxClient client, BoxReaders readers, SyncContext context, BoxCursor start)
{
    /// <summary>The folder of everything.</summary>
    public const string Root = "0";

    private readonly List<string> _frontier = [.. start.Folders];
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);

    /// <summary>Folders that were to be walked and are gone.</summary>
    public IReadOnlySet<string> Gone => _gone;

    /// <summary>Where the walk is; folders that are gone stay in it until their files were dealt with.</summary>
    public BoxCursor Cursor => start with { Folders = [.. _gone, .. _frontier] };

    public async IAsyncEnumerable<SyncItem> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (_frontier.Count > 0)
        {
            await foreach (var item in StepAsync(cancellationToken))
            {
                yield return item;
            }

            if (Cursor.Format() is { } cursor)
            {
                yield return new SyncItem.Checkpoint(cursor);
            }
        }
    }

    private async IAsyncEnumerable<SyncItem> StepAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (folder, marker) = Split(_frontier[^1]);
        var (page, refusal) = await ListAsync(folder, marker, cancellationToken);
        _frontier.RemoveAt(_frontier.Count - 1);
        if (refusal is not null)
        {
            yield return refusal;
        }

        if (page is null)
        {
            yield break;
        }

        // What is left of this folder waits below its folders: the frontier stays as short as the tree is deep.
        if (page.NextMarker is { Length: > 0 } next)
        {
            _frontier.Add(folder + ":" + next);
        }

        foreach (var item in page.Entries)
        {
            if (item is { Type: BoxItem.Folder, Id: { } id, IsActive: true } && !context.ExcludesFolder(item.Name))
            {
                _frontier.Add(id);
            }
            else if (item is { Type: BoxItem.File, Id: { } file })
            {
                yield return await readers.DescribeAsync(item, cancellationToken) as SyncItem ?? new SyncItem.Delete(file);
            }
        }
    }

    private async Task<(BoxFolderPage? Page, SyncItem? Refusal)> ListAsync(
        string folder, string? marker, CancellationToken cancellationToken)
    {
        try
        {
            var page = await client.ListFolderAsync(context.Account, folder, marker, cancellationToken);
            if (page is null && folder == Root)
            {
                throw new SourceException(HttpStatusCode.NotFound, "Box does not show the account's own folder.");
            }

            if (page is null)
            {
                _gone.Add(folder);
            }

            return (page, null);
        }
        catch (BoxException refused) when (!refused.IsRetryable && folder != Root)
        {
            // A policy may forbid a folder for a while: nothing of it is taken for deleted, and the rest goes on.
            return (null, new SyncItem.Failure("Unreadable", $"A folder cannot be listed. {refused.Message}"));
        }
    }

    private static (string Folder, string? Marker) Split(string entry)
    {
        var colon = entry.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (entry, null) : (entry[..colon], entry[(colon + 1)..]);
    }
}
