namespace AnyFetch.Providers.Box;

/// <summary>
/// What a page of events asks to be looked at. Events come twice and out of order, so they say only where something
/// happened; what is there is asked of Box itself.
/// </summary>
internal sealed class BoxChanges
{
    private const int EventsRememberedMax = 20_000;

    // Of a folder, what changes where its files are or whether they can be seen; renaming it changes their paths.
    private static readonly HashSet<string> Rearrangements = new(StringComparer.Ordinal)
    {
        "ITEM_CREATE", "ITEM_UPLOAD", "ITEM_MOVE", "ITEM_RENAME", "ITEM_COPY", "ITEM_TRASH", "ITEM_UNDELETE_VIA_TRASH",
        "COLLAB_ADD_COLLABORATOR", "COLLAB_INVITE_COLLABORATOR", "COLLAB_ACCEPT", "COLLAB_REMOVE_COLLABORATOR",
        "COLLAB_ROLE_CHANGE",
    };

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The files and the folders that a page speaks of, each once, save events that an earlier page told of.</summary>
    public (IReadOnlyCollection<string> Files, IReadOnlyCollection<string> Folders) Read(BoxEventPage page)
    {
        if (_seen.Count > EventsRememberedMax)
        {
            _seen.Clear();
        }

        var files = new HashSet<string>(StringComparer.Ordinal);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in page.Entries)
        {
            if (change.Source?.Subject is not { Id: { } id } subject || (change.EventId is { } known && !_seen.Add(known)))
            {
                continue;
            }

            if (subject.Type == BoxItem.File)
            {
                files.Add(id);
            }
            else if (subject.Type == BoxItem.Folder && Rearrangements.Contains(change.EventType ?? ""))
            {
                folders.Add(id);
            }
        }

        return (files, folders);
    }
}
