namespace AnyFetch.Hydrater.Tools;

/// <summary>
/// A folder that only this task and its tools use, made on first use, readable by this user only, and deleted with
/// everything in it when the task ends, however it ends.
/// </summary>
public sealed class TempFolder : IDisposable
{
    private const string Prefix = "anyfetch-task-";

    private readonly string _root;
    private readonly Lock _gate = new();
    private readonly bool _isKept;
    private string? _path;
    private FolderLock? _lock;
    private bool _isDisposed;

    internal TempFolder(string root) => _root = root;

    private TempFolder(string root, string path)
        : this(root)
    {
        _path = path;
        _isKept = true;
    }

    /// <summary>The absolute path; the folder exists from now on until the task ends.</summary>
    public string Path
    {
        get
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                return _path ??= Create();
            }
        }
    }

    /// <summary>A path in the folder that nothing uses yet.</summary>
    public string NewFilePath(string extension = "") =>
        System.IO.Path.Combine(Path, System.IO.Path.GetRandomFileName() + extension);

    /// <summary>A folder that somebody else made and will delete.</summary>
    internal static TempFolder Existing(string path) => new(path, path);

    /// <summary>Deletes what is in the folder and keeps the folder.</summary>
    internal void Empty()
    {
        foreach (var entry in new DirectoryInfo(Path).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo { LinkTarget: null } folder)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    /// <summary>Deletes the folder. A file that a dying tool still writes is tried again once.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            if (_path is null || _isKept)
            {
                return;
            }

            for (var attempt = 0; attempt < 2 && Directory.Exists(_path); attempt++)
            {
                try
                {
                    Directory.Delete(_path, recursive: true);
                }
                catch (IOException) when (attempt == 0)
                {
                    // Something was created while the folder was being emptied.
                }
            }

            _lock?.Dispose();
        }
    }

    /// <summary>
    /// Deletes the folders that killed processes left under a root: those that nobody holds locked, and, where folders cannot be
    /// locked, those that are a day old, since no task lives that long.
    /// </summary>
    internal static void RemoveStale(string root, TimeProvider time)
    {
        var limit = time.GetUtcNow().UtcDateTime.AddDays(-1);
        foreach (var folder in Directory.EnumerateDirectories(root, Prefix + "*"))
        {
            try
            {
                using var abandoned = FolderLock.TryTake(folder);
                if (abandoned is not null || Directory.GetLastWriteTimeUtc(folder) < limit)
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It belongs to somebody else, or another host is deleting it.
            }
        }
    }

    private string Create()
    {
        var name = Guid.NewGuid().ToString("n");
        var path = System.IO.Path.Combine(_root, Prefix + name);
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(path).FullName;
        }

        // It gets its name when it is locked: another process that cleans up must not find it in between.
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var unnamed = Directory.CreateDirectory(System.IO.Path.Combine(_root, "." + Prefix + name), OwnerOnly).FullName;
        _lock = FolderLock.TryTake(unnamed);
        Directory.Move(unnamed, path);
        return System.IO.Path.GetFullPath(path);
    }
}
