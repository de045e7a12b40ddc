using AnyFetch.Provider;

namespace AnyFetch.Providers.GoogleDrive;

/// <summary>
/// Where files lie: the folders above them, by name for the path and by id to find again what lay below one. Remembered
/// during one run, so that what is asked for is never older than the run.
/// </summary>
internal sealed class DriveFolders(GoogleDriveClient client, SourceAccount account, int foldersMax)
{
    private const int DepthMax = 200;

    private readonly Dictionary<string, Folder?> _known = new(StringComparer.Ordinal);
    private string? _root;

    /// <summary>Takes a folder as it is now.</summary>
    public void Put(DriveFile folder) => Put(folder.Id, new Folder(folder.Name, OnlyParent(folder)));

    /// <summary>A shared drive is the topmost folder of its files.</summary>
    public void Put(SharedDrive drive) => Put(drive.Id, new Folder(drive.Name, Parent: null));

    /// <summary>The place of a file: with several parents, or none that the person sees, it lies at the top.</summary>
    public async Task<DrivePlace> FindAsync(DriveFile file, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        var ids = new List<string>();
        var next = OnlyParent(file);
        _root ??= (await client.FindAsync(account, "root", cancellationToken))?.Id ?? "";
        while (next is not null && next != _root && ids.Count < DepthMax
            && await GetAsync(next, cancellationToken) is { } folder)
        {
            names.Add(folder.Name);
            ids.Add(next);
            next = folder.Parent;
        }

        names.Reverse();
        ids.Reverse();
        return new DrivePlace(string.Concat(names.Select(name => "/" + name)), string.Concat(ids.Select(id => "/" + id)));
    }

    private async Task<Folder?> GetAsync(string id, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(id, out var folder))
        {
            return folder;
        }

        folder = await client.FindAsync(account, id, cancellationToken) is { } found
            ? new Folder(found.Name, OnlyParent(found))
            : null;
        Put(id, folder);
        return folder;
    }

    private void Put(string id, Folder? folder)
    {
        if (_known.Count >= foldersMax)
        {
            _known.Clear();
        }

        _known[id] = folder;
    }

    private static string? OnlyParent(DriveFile file) => file.Parents is [var parent] ? parent : null;

    private sealed record Folder(string Name, string? Parent);
}

/// <summary>Where a file lies.</summary>
/// <param name="Path">The folders' names, each after a <c>/</c>; empty at the top.</param>
/// <param name="Ids">The folders' ids in the same order.</param>
internal sealed record DrivePlace(string Path, string Ids);
