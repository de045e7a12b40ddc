using System.IO.Enumeration;

namespace AnyFetch.Providers.LocalDirectory;

/// <summary>
/// Walks the file system. Links are never followed: a target inside the root is walked under its own name, and one outside
/// is not ours, so that no cycle and no escape is possible.
/// </summary>
internal sealed class LocalDirectoryClient(LocalDirectoryProviderOptions options)
{
    private const int LinkHopsMax = 40;

    private static readonly EnumerationOptions EverythingHere = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
        ReturnSpecialDirectories = false,
    };

    private readonly PathFilter _filter = new(options);

    /// <summary>Every file below a root that passes the filters, directory by directory; memory stays flat.</summary>
    public IEnumerable<WalkStep> Walk(string root, JunkTest isJunk)
    {
        var directories = new Stack<(string Path, int Depth)>([("", 0)]);
        while (directories.TryPop(out var directory))
        {
            using var entries = new SafeEntries(root + directory.Path);
            while (entries.TryNext(out var entry))
            {
                var path = directory.Path + "/" + entry.Name;
                if (entry.IsLink || !_filter.Accepts(path, entry.IsDirectory, isJunk))
                {
                    continue;
                }

                if (entry.IsDirectory && directory.Depth >= options.DirectoryDepthMax)
                {
                    yield return new WalkStep.Unreadable(path, IsDirectory: true, "The directory lies too deep.");
                }
                else if (entry.IsDirectory)
                {
                    directories.Push((path, directory.Depth + 1));
                }
                else if (Look(entry, path) is { } step)
                {
                    yield return step;
                }
            }

            if (entries.Fault is { } fault)
            {
                yield return new WalkStep.Unreadable(directory.Path, IsDirectory: true, fault.Message);
            }
        }
    }

    /// <summary>One file now; null when it vanished, is empty, is no plain file, or is filtered out.</summary>
    public LocalFile? Find(string root, string relativePath, JunkTest isJunk)
    {
        var file = new FileInfo(root + relativePath);
        return file.Exists && file.LinkTarget is null && file.Length > 0 && IsInside(root, file.FullName)
            && _filter.AcceptsWithParents(relativePath, isJunk)
            ? new LocalFile(relativePath, file.Length, file.LastWriteTimeUtc, Birth(file.CreationTimeUtc, file.LastWriteTimeUtc))
            : null;
    }

    /// <summary>Opens a file's content. The caller disposes it.</summary>
    public static Stream Open(string root, string relativePath)
    {
        var path = root + relativePath;
        if (!IsInside(root, path))
        {
            throw new FileNotFoundException("The file is no longer below its root.");
        }

        return new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        });
    }

    /// <summary>The path with every link in it resolved; null when it does not exist or its links turn in circles.</summary>
    public static string? Resolve(string path)
    {
        var hops = 0;
        var rest = new Stack<string>(Segments(Path.GetFullPath(path)).Reverse());
        var real = "/";
        while (rest.TryPop(out var segment))
        {
            var next = Path.Combine(real, segment);
            FileSystemInfo info = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            if (info.LinkTarget is not { } target)
            {
                if (!info.Exists)
                {
                    return null;
                }

                real = next;
                continue;
            }

            if (++hops > LinkHopsMax)
            {
                return null;
            }

            // A target may hold links itself: its segments take the place of the link's.
            var full = Path.GetFullPath(target, real);
            Segments(full).Reverse().ToList().ForEach(rest.Push);
            real = "/";
        }

        return real;
    }

    /// <summary>Whether a real path is a directory itself or lies below it.</summary>
    public static bool IsWithin(string directory, string path) =>
        path == directory || path.StartsWith(directory.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>The mount point that a path lies on, so that an unmounted disk is not taken for an empty directory.</summary>
    public static string MountOf(string path) =>
        DriveInfo.GetDrives().Select(drive => drive.Name)
            .Where(name => IsWithin(name.Length > 1 ? name.TrimEnd('/') : name, path) || name == "/")
            .MaxBy(name => name.Length) ?? "/";

    // Between the walk and now a directory may have become a link to anywhere.
    private static bool IsInside(string root, string path) =>
        Resolve(path) is { } real && IsWithin(root, real);

    private static string[] Segments(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    // Pipes, sockets and devices have no length, and neither have empty files: none of them is sent.
    private static WalkStep? Look(Entry entry, string path)
    {
        if (entry.Name.Contains('\uFFFD', StringComparison.Ordinal))
        {
            return new WalkStep.Unreadable(path, IsDirectory: false, "The file's name is not valid UTF-8.");
        }

        return entry.Length > 0
            ? new WalkStep.Found(new LocalFile(path, entry.Length, entry.Modified, Birth(entry.Created, entry.Modified)))
            : null;
    }

    // A birth after the last change is a copy's: the change is the older, better date.
    private static DateTimeOffset Birth(DateTimeOffset created, DateTimeOffset modified) =>
        created < modified && created > DateTimeOffset.UnixEpoch ? created : modified;

    private readonly record struct Entry(
        string Name, bool IsDirectory, bool IsLink, long Length, DateTimeOffset Modified, DateTimeOffset Created);

    /// <summary>The entries of one directory; a fault ends them instead of the walk.</summary>
    private sealed class SafeEntries : IDisposable
    {
        private readonly IEnumerator<Entry>? _entries;

        public SafeEntries(string directory)
        {
            try
            {
                _entries = new FileSystemEnumerable<Entry>(directory, Describe, EverythingHere).GetEnumerator();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Remember(fault);
            }
        }

        /// <summary>What ended the entries early; null when they were complete, or the whole directory vanished.</summary>
        public Exception? Fault { get; private set; }

        public bool TryNext(out Entry entry)
        {
            entry = default;
            try
            {
                if (_entries?.MoveNext() != true)
                {
                    return false;
                }

                entry = _entries.Current;
                return true;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Remember(fault);
                return false;
            }
        }

        public void Dispose() => _entries?.Dispose();

        private static Entry Describe(ref FileSystemEntry entry) => new(
            entry.FileName.ToString(),
            entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) == 0,
            (entry.Attributes & FileAttributes.ReparsePoint) != 0,
            entry.IsDirectory ? 0 : entry.Length,
            entry.LastWriteTimeUtc,
            entry.CreationTimeUtc);

        private void Remember(Exception fault) => Fault = fault is DirectoryNotFoundException ? null : fault;
    }
}
