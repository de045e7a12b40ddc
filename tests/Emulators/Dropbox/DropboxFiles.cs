using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AnyFetch.Emulators.Dropbox;

/// <summary>
/// The files of one emulated Dropbox, and the journal of their changes that cursors point into. A change is journaled as the
/// reference describes: a file with its metadata, a removed file or folder as one deletion.
/// </summary>
public sealed class DropboxFiles(TimeProvider time)
{
    private const int BlockBytes = 4 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, DropboxFile> _files = new(StringComparer.Ordinal);
    private readonly List<JsonObject> _journal = [];
    private int _ids;

    /// <summary>Who is let in where.</summary>
    public DropboxMemberships Memberships { get; } = new();

    /// <summary>How many changes there have been.</summary>
    public int Position
    {
        get
        {
            lock (_lock)
            {
                return _journal.Count;
            }
        }
    }

    /// <summary>Makes or replaces a file; the id of a replaced one stays.</summary>
    public DropboxFile Put(string path, string text, string? exportAs = null) =>
        Put(path, Encoding.UTF8.GetBytes(text), exportAs);

    /// <summary>Makes or replaces a file; the id of a replaced one stays.</summary>
    public DropboxFile Put(string path, byte[] content, string? exportAs = null, long? size = null)
    {
        lock (_lock)
        {
            var id = _files.TryGetValue(path.ToLowerInvariant(), out var known) ? known.Id : $"id:{++_ids:x22}";
            var file = new DropboxFile(id, path, content, time.GetUtcNow(), $"{_journal.Count + 1:x9}", exportAs)
            {
                Size = size ?? content.Length,
            };
            _files[path.ToLowerInvariant()] = file;
            _journal.Add(Describe(file));
            return file;
        }
    }

    /// <summary>Makes a folder.</summary>
    public void PutFolder(string path)
    {
        lock (_lock)
        {
            _journal.Add(Folder(path));
        }
    }

    /// <summary>Removes a file, or a folder with all below it: one entry in the journal.</summary>
    public void Delete(string path)
    {
        lock (_lock)
        {
            foreach (var gone in Below(path))
            {
                _files.Remove(gone);
            }

            _journal.Add(new JsonObject
            {
                [".tag"] = "deleted",
                ["name"] = path[(path.LastIndexOf('/') + 1)..],
                ["path_lower"] = path.ToLowerInvariant(),
                ["path_display"] = path,
            });
        }
    }

    /// <summary>Moves a file or a folder: a deletion at the old place, then everything at the new one, with the same ids.</summary>
    public void Move(string from, string to)
    {
        lock (_lock)
        {
            var moved = Below(from).Select(path => _files[path]).ToList();
            Delete(from);
            foreach (var file in moved)
            {
                var path = to + file.Path[from.Length..];
                var placed = file with { Path = path, Rev = $"{_journal.Count + 1:x9}" };
                _files[path.ToLowerInvariant()] = placed;
                _journal.Add(Describe(placed));
            }
        }
    }

    /// <summary>The file of an id or a path; null when there is none.</summary>
    public DropboxFile? Find(string reference)
    {
        lock (_lock)
        {
            return reference.StartsWith("id:", StringComparison.Ordinal)
                ? _files.Values.FirstOrDefault(file => file.Id == reference)
                : _files.GetValueOrDefault(reference.ToLowerInvariant());
        }
    }

    /// <summary>All files as they are now, as a listing tells of them.</summary>
    public IReadOnlyList<JsonObject> Snapshot()
    {
        lock (_lock)
        {
            return [.. _files.Values.Select(Describe)];
        }
    }

    /// <summary>What changed from a position on.</summary>
    public IReadOnlyList<JsonObject> Since(int position, int most)
    {
        lock (_lock)
        {
            return [.. _journal.Skip(position).Take(most).Select(entry => (JsonObject)entry.DeepClone())];
        }
    }

    /// <summary>The metadata of a file, as every answer carries it.</summary>
    public JsonObject Describe(DropboxFile file)
    {
        var entry = new JsonObject
        {
            [".tag"] = "file",
            ["name"] = file.Path[(file.Path.LastIndexOf('/') + 1)..],
            ["id"] = file.Id,
            ["client_modified"] = Date(file.Modified),
            ["server_modified"] = Date(file.Modified),
            ["rev"] = file.Rev,
            ["size"] = file.Size,
            ["path_lower"] = file.Path.ToLowerInvariant(),
            ["path_display"] = file.Path,
            ["is_downloadable"] = file.ExportAs is null,
            ["content_hash"] = ContentHash(file.Content),
            ["has_explicit_shared_members"] = Memberships.IsShared(file.Id),
        };
        if (Memberships.FolderOf(file.Path) is { } folder)
        {
            entry["sharing_info"] = new JsonObject { ["read_only"] = false, ["parent_shared_folder_id"] = folder };
        }

        if (file.ExportAs is not null)
        {
            entry["export_info"] = new JsonObject
            {
                ["export_as"] = file.ExportAs,
                ["export_options"] = new JsonArray("html", "markdown"),
            };
        }

        return entry;
    }

    // SHA-256 over the SHA-256 of each block of 4 MiB, as the reference describes it.
    private static string ContentHash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(
        content.Chunk(BlockBytes).SelectMany(block => SHA256.HashData(block)).ToArray()));

    private static JsonObject Folder(string path) => new()
    {
        [".tag"] = "folder",
        ["name"] = path[(path.LastIndexOf('/') + 1)..],
        ["id"] = "id:folder" + path.ToLowerInvariant(),
        ["path_lower"] = path.ToLowerInvariant(),
        ["path_display"] = path,
    };

    private List<string> Below(string path)
    {
        var lower = path.ToLowerInvariant();
        return [.. _files.Keys.Where(key => key == lower || key.StartsWith(lower + "/", StringComparison.Ordinal))];
    }

    private static string Date(DateTimeOffset date) =>
        date.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>One file of an emulated Dropbox. <see cref="Size"/> may claim more than there is.</summary>
public sealed record DropboxFile(
    string Id, string Path, byte[] Content, DateTimeOffset Modified, string Rev, string? ExportAs)
{
    /// <summary>The size that listings tell, in bytes.</summary>
    public long Size { get; init; }
}
