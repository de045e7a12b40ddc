using System.Collections.Concurrent;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Box;

/// <summary>
/// Who may see a file, when that is wanted: its owner, those whom it is shared with, and those whom a folder above is shared
/// with. Each folder is asked once, until something of it may have changed.
/// </summary>
internal sealed class BoxReaders(BoxClient client, BoxProviderOptions options, SyncContext context)
{
    private const int FoldersMax = 20_000;

    private readonly ConcurrentDictionary<string, IReadOnlyList<BoxCollaboration>?> _folders = new(StringComparer.Ordinal);

    /// <summary>Asks all folders again.</summary>
    public void Forget() => _folders.Clear();

    /// <summary>What a listing says of a file; null for one that does not count.</summary>
    public async Task<SyncItem.Upsert?> DescribeAsync(BoxItem file, CancellationToken cancellationToken)
    {
        if (BoxDocuments.ToUpsert(file, context) is not { } item)
        {
            return null;
        }

        if (!options.Permissions)
        {
            return item;
        }

        var access = await ReadAsync(file, cancellationToken);
        return item with { Access = access, Version = $"{item.Version} {access.Fingerprint()}" };
    }

    private async Task<ItemAccess> ReadAsync(BoxItem file, CancellationToken cancellationToken)
    {
        var all = new List<BoxCollaboration>();
        foreach (var folder in file.PathCollection?.Entries ?? [])
        {
            if (folder.Id is not { } id || id == BoxWalk.Root)
            {
                continue;
            }

            if (await ListFolderAsync(id, cancellationToken) is not { } above)
            {
                return ItemAccess.Unknown;
            }

            all.AddRange(above);
        }

        if (file.HasCollaborations == true)
        {
            if (await client.ListCollaborationsAsync(context.Account, "files", file.Id!, cancellationToken) is not { } own)
            {
                return ItemAccess.Unknown;
            }

            all.AddRange(own);
        }

        var readers = all.Where(collaboration => collaboration.Sees).Select(collaboration => collaboration.AccessibleBy!).ToList();
        return new ItemAccess
        {
            Emails = [.. readers.Select(reader => reader.Login).Append(file.OwnedBy?.Login).OfType<string>().Distinct()],
            Groups = [.. readers.Where(reader => reader.Type == "group").Select(reader => reader.Id).OfType<string>().Distinct()],
        };
    }

    private async Task<IReadOnlyList<BoxCollaboration>?> ListFolderAsync(string id, CancellationToken cancellationToken)
    {
        if (_folders.TryGetValue(id, out var known))
        {
            return known;
        }

        if (_folders.Count >= FoldersMax)
        {
            _folders.Clear();
        }

        return _folders[id] = await client.ListCollaborationsAsync(context.Account, "folders", id, cancellationToken);
    }
}
