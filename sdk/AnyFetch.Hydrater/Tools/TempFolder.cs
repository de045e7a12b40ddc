namespace AnyFetch.Hydrater.Tools;

/// <summary>
/// A folder that only this task and its tools use, made on first use, readable by this user only, and deleted with
/// everything in it when the task ends, however it ends.
/// </summary>
public sealed class TempFolder : IDisposable
{
    private const string Prefix = "anyfetch-hydration-";

    private readonly string _root;
    private readonly Lock _gate = new();
    private string? _path;
    private bool _isDisposed;

    internal TempFolder(string root) => _root = root;

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

    /// <summary>Deletes the folder. A file that a dying tool still writes is tried again once.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            if (_path is null)
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
        }
    }

    /// <summary>Deletes the folders that a killed process left under a root; no task lives for a day.</summary>
    internal static void RemoveStale(string root, TimeProvider time)
    {
        var limit = time.GetUtcNow().UtcDateTime.AddDays(-1);
        foreach (var folder in Directory.EnumerateDirectories(root, Prefix + "*"))
        {
            try
            {
                if (Directory.GetLastWriteTimeUtc(folder) < limit)
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
        var path = System.IO.Path.Combine(_root, Prefix + Guid.NewGuid().ToString("n"));
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(path).FullName;
        }

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return Directory.CreateDirectory(path, OwnerOnly).FullName;
    }
}
