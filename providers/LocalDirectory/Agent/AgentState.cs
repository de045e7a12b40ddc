using System.Text.Json;

namespace AnyFetch.Providers.LocalDirectory.Agent;

/// <summary>
/// What an agent sent: a file of its own, to which changes are added line by line and which is written anew, beside and then
/// moved into place, when it is opened. A line that a crash cut off is none, so that what it told is sent again.
/// </summary>
internal sealed class AgentState : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const byte LineEnd = (byte)'\n';

    private readonly Dictionary<string, string> _versions = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly FileStream _gate;
    private readonly FileStream _journal;
    private readonly int _saveChanges;
    private int _unsaved;

    /// <summary>Opens the state, or begins one.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="mount">The disk that holds the directory now.</param>
    /// <param name="saveChanges">Changes after which they are put on disk.</param>
    /// <exception cref="IOException">Another agent has it open.</exception>
    public AgentState(string path, string mount, int saveChanges)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _saveChanges = saveChanges;
        _gate = new FileStream(path + ".lock", Options(FileMode.OpenOrCreate, FileShare.None));
        var isOpen = false;
        try
        {
            Mount = (File.Exists(path) ? Read(path) : null) ?? mount;
            WriteAnew(path);
            _journal = new FileStream(path, Options(FileMode.Append, FileShare.Read));
            isOpen = true;
        }
        finally
        {
            if (!isOpen)
            {
                _gate.Dispose();
            }
        }
    }

    /// <summary>The disk that held the directory when it was first sent.</summary>
    public string Mount { get; }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _versions.Count;
            }
        }
    }

    public void Dispose()
    {
        Save();
        _journal.Dispose();
        _gate.Dispose();
    }

    public bool IsSent(string path, string version)
    {
        lock (_lock)
        {
            return _versions.GetValueOrDefault(path) == version;
        }
    }

    /// <summary>All files that the server has.</summary>
    public IReadOnlyList<string> Paths()
    {
        lock (_lock)
        {
            return [.. _versions.Keys];
        }
    }

    /// <summary>Remembers that a version was sent, or with null that the document was deleted.</summary>
    public void Put(string path, string? version)
    {
        lock (_lock)
        {
            if (version is null)
            {
                _versions.Remove(path);
            }
            else
            {
                _versions[path] = version;
            }

            Write(_journal, new AgentEntry(path, version));
            if (++_unsaved >= _saveChanges)
            {
                Save();
            }
        }
    }

    /// <summary>Puts what was remembered on disk.</summary>
    public void Save()
    {
        lock (_lock)
        {
            _journal.Flush(flushToDisk: true);
            _unsaved = 0;
        }
    }

    private void WriteAnew(string path)
    {
        var next = path + ".next";
        using (var file = new FileStream(next, Options(FileMode.Create, FileShare.Read)))
        {
            Write(file, new AgentEntry("", null, Mount));
            foreach (var (name, version) in _versions)
            {
                Write(file, new AgentEntry(name, version));
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    private string? Read(string path)
    {
        var mount = default(string);
        foreach (var entry in File.ReadLines(path).Select(Parse).OfType<AgentEntry>())
        {
            mount ??= entry.Mount;
            if (entry.Version is { } version)
            {
                _versions[entry.Path] = version;
            }
            else
            {
                _versions.Remove(entry.Path);
            }
        }

        return mount;
    }

    private static AgentEntry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AgentJson.Default.AgentEntry) is { Path: not null } entry ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(FileStream file, AgentEntry entry)
    {
        file.Write(JsonSerializer.SerializeToUtf8Bytes(entry, AgentJson.Default.AgentEntry));
        file.WriteByte(LineEnd);
    }

    private static FileStreamOptions Options(FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }
}
