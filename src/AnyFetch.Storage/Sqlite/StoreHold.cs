namespace AnyFetch.Storage.Sqlite;

/// <summary>
/// An embedded store belongs to one process, from its opening to the process's end, however that comes: the system lets
/// the hold go with the process. So whatever was leased or locked when a store is opened is held by nobody any more.
/// </summary>
internal sealed class StoreHold : IDisposable
{
    private readonly FileStream _file;

    private StoreHold(FileStream file) => _file = file;

    /// <exception cref="StoreInUseException">Another process holds the directory.</exception>
    public static StoreHold Take(string directory)
    {
        var path = Path.Combine(directory, "anyfetch.lock");
        try
        {
            return new StoreHold(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken) when (File.Exists(path))
        {
            throw new StoreInUseException(directory, taken);
        }
    }

    public void Dispose() => _file.Dispose();
}
