namespace AnyFetch.Providers.Tests.Fakes;

/// <summary>
/// The store's files as they are in one instant, without any goodbye: what a killed process leaves behind. SQLite promises to
/// recover from exactly that.
/// </summary>
public sealed class CrashedCopy
{
    private readonly Dictionary<string, byte[]> _files = [];
    private readonly string _directory;

    private CrashedCopy(string directory) => _directory = directory;

    public static CrashedCopy Of(TestHost host)
    {
        var copy = new CrashedCopy(host.Runtime.Options.StoreDirectory!);

        // On the store's own thread of work, so that no write is half copied.
        host.Store.Queue.RunAsync(_ => copy.Read(), CancellationToken.None).GetAwaiter().GetResult();
        return copy;
    }

    public void PutBack()
    {
        foreach (var file in Directory.EnumerateFiles(_directory, "provider.db*"))
        {
            File.Delete(file);
        }

        foreach (var (path, bytes) in _files)
        {
            File.WriteAllBytes(path, bytes);
        }
    }

    private void Read()
    {
        foreach (var suffix in (string[])["", "-wal"])
        {
            var path = Path.Combine(_directory, "provider.db" + suffix);
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            _files[path] = memory.ToArray();
        }
    }
}
