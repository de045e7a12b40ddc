using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AnyFetch.Emulators.Google;

/// <summary>
/// The files of one emulated Drive and of its shared drives. Each has a log of changes of its own, which tells what became of
/// a file and not of what lies below a folder, as the reference warns.
/// </summary>
public sealed class DriveFiles(TimeProvider time)
{
    public const string Root = "0AB_root";
    public const string FolderType = "application/vnd.google-apps.folder";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DriveEntry> _files = new(StringComparer.Ordinal)
    {
        [Root] = new(Root, "My Drive", FolderType, null),
    };

    private readonly Dictionary<string, List<DriveEvent>> _logs = new(StringComparer.Ordinal) { [""] = [] };
    private int _ids;

    /// <summary>Shared drives by id.</summary>
    public Dictionary<string, string> Drives { get; } = new(StringComparer.Ordinal);

    /// <summary>Makes a file of text in a folder, or at the top.</summary>
    public DriveEntry Put(string name, string text, string? parent = Root, string type = "text/plain") =>
        Add(new DriveEntry($"file{++_ids:d6}", name, type, parent) { Content = Encoding.UTF8.GetBytes(text) });

    /// <summary>Makes a folder.</summary>
    public string PutFolder(string name, string? parent = Root) =>
        Add(new DriveEntry($"folder{++_ids:d6}", name, FolderType, parent)).Id;

    /// <summary>Makes a shared drive.</summary>
    public string PutDrive(string name)
    {
        lock (_lock)
        {
            var id = $"drive{++_ids:d6}";
            Drives[id] = name;
            _logs[id] = [];
            _files[id] = new DriveEntry(id, name, FolderType, null) { Drive = id };
            return id;
        }
    }

    /// <summary>Changes a file or a folder, and its log tells of it alone.</summary>
    public void Change(string id, Func<DriveEntry, DriveEntry> change)
    {
        lock (_lock)
        {
            Add(change(_files[id]));
        }
    }

    /// <summary>New content, which makes the file newer.</summary>
    public void Write(string id, string text) => Change(id, file => file with
    {
        Content = Encoding.UTF8.GetBytes(text), Modified = time.GetUtcNow().AddSeconds(++_ids),
    });

    /// <summary>Tells of a file although nothing changed, as happens when one is read.</summary>
    public void Touch(string id) => Change(id, file => file);

    /// <summary>The person no longer sees a file or a folder: only its id is told.</summary>
    public void Remove(string id)
    {
        lock (_lock)
        {
            var log = _logs[_files[id].Drive ?? ""];
            log.Add(new DriveEvent(id, IsRemoved: true));
            foreach (var gone in _files.Values.Where(file => IsBelow(file, id)).Select(file => file.Id).Append(id).ToList())
            {
                _files.Remove(gone);
            }
        }
    }

    /// <summary>A file that the person sees; null when there is none. <c>root</c> is the top of their own.</summary>
    public DriveEntry? Find(string id)
    {
        lock (_lock)
        {
            var found = _files.GetValueOrDefault(id == "root" ? Root : id);
            return found?.Drive is { } drive && !Drives.ContainsKey(drive) ? null : found;
        }
    }

    /// <summary>Whether a file or a folder above it is in the bin.</summary>
    public bool IsTrashed(DriveEntry file)
    {
        lock (_lock)
        {
            return file.Trashed
                || (file.Parent is not null && _files.TryGetValue(file.Parent, out var parent) && IsTrashed(parent));
        }
    }

    /// <summary>What a drive holds, newest first; null for the person's own.</summary>
    public IReadOnlyList<DriveEntry> Of(string? drive)
    {
        lock (_lock)
        {
            return
            [
                .. _files.Values.Where(file => file.Drive == drive && file.Id != Root && file.Id != drive)
                    .OrderByDescending(file => file.Modified).ThenBy(file => file.Id, StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>How many changes a log holds; null when there is no such log.</summary>
    public int? Position(string? drive)
    {
        lock (_lock)
        {
            return _logs.TryGetValue(drive ?? "", out var log) ? log.Count : null;
        }
    }

    /// <summary>What a log tells from a position on: of each file once, by its latest entry.</summary>
    public IReadOnlyList<DriveEvent> Since(string? drive, int position, int most)
    {
        lock (_lock)
        {
            var log = _logs[drive ?? ""];
            return
            [
                .. log.Skip(position).Take(most)
                    .Where((told, i) => log.FindLastIndex(other => other.Id == told.Id) == position + i),
            ];
        }
    }

    /// <summary>A file as every answer carries it.</summary>
    public JsonObject Describe(DriveEntry file)
    {
        var json = new JsonObject
        {
            ["id"] = file.Id,
            ["name"] = file.Name,
            ["mimeType"] = file.Type,
            ["trashed"] = IsTrashed(file),
            ["starred"] = file.Starred,
            ["createdTime"] = Date(file.Created),
            ["modifiedTime"] = Date(file.Modified),
            ["webViewLink"] = $"https://drive.google.test/{file.Id}/view",
            ["capabilities"] = new JsonObject { ["canDownload"] = file.CanDownload },
        };
        if (file.Parent is not null && Find(file.Parent) is not null)
        {
            json["parents"] = new JsonArray(file.Parent);
        }

        if (file.Drive is not null)
        {
            json["driveId"] = file.Drive;
        }
        else if (file.Permissions is { } permissions)
        {
            json["permissions"] = ToArray(permissions);
        }

        if (file.Target is { } target)
        {
            json["shortcutDetails"] = new JsonObject { ["targetId"] = target, ["targetMimeType"] = Find(target)?.Type };
        }
        else if (!file.Type.StartsWith("application/vnd.google-apps.", StringComparison.Ordinal))
        {
            json["size"] = (file.Size ?? file.Content.Length).ToString(CultureInfo.InvariantCulture);
            json["md5Checksum"] = Convert.ToHexStringLower(Digest(file.Content));
        }

        return json;
    }

    /// <summary>Permissions as an answer carries them.</summary>
    public static JsonArray ToArray(IEnumerable<JsonObject> permissions) =>
        new([.. permissions.Select(permission => permission.DeepClone())]);

    private DriveEntry Add(DriveEntry file)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var drive = file.Parent is not null && _files.TryGetValue(file.Parent, out var parent) ? parent.Drive : file.Drive;
            var placed = file with
            {
                Drive = drive,
                Created = file.Created == default ? now : file.Created,
                Modified = file.Modified == default ? now : file.Modified,
            };
            _files[placed.Id] = placed;
            _logs[drive ?? ""].Add(new DriveEvent(placed.Id, IsRemoved: false));
            return placed;
        }
    }

    private bool IsBelow(DriveEntry file, string folder) =>
        file.Parent is not null
        && (file.Parent == folder || (_files.TryGetValue(file.Parent, out var parent) && IsBelow(parent, folder)));

    // What Drive calls md5Checksum is compared with itself alone: any digest of its length does.
    private static byte[] Digest(byte[] content) => SHA256.HashData(content)[..16];

    private static string Date(DateTimeOffset date) =>
        date.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}

/// <summary>One file or folder of an emulated Drive. <see cref="Size"/> may claim more than there is.</summary>
public sealed record DriveEntry(string Id, string Name, string Type, string? Parent)
{
    public byte[] Content { get; init; } = [];

    public long? Size { get; init; }

    public string? Drive { get; init; }

    public string? Target { get; init; }

    public bool Starred { get; init; }

    public bool Trashed { get; init; }

    public bool CanDownload { get; init; } = true;

    /// <summary>Who may see it, as the reference tells it; null where the person may not know.</summary>
    public IReadOnlyList<JsonObject>? Permissions { get; init; } =
        [new() { ["type"] = "user", ["emailAddress"] = GoogleEmulator.Email }];

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Modified { get; init; }
}

/// <summary>One entry of a log of changes.</summary>
public sealed record DriveEvent(string Id, bool IsRemoved);
