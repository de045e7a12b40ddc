namespace AnyFetch.Core.Files;

/// <summary>How storing a file ended.</summary>
public enum FileWriteStatus
{
    Stored,

    /// <summary>The content is longer than allowed.</summary>
    TooLarge,

    /// <summary>There is no room left.</summary>
    DiskFull,
}

/// <summary>The stored file, or why there is none.</summary>
public readonly record struct FileWriteResult(FileWriteStatus Status, StoredFile? File)
{
    public static FileWriteResult TooLarge => new(FileWriteStatus.TooLarge, null);

    public static FileWriteResult DiskFull => new(FileWriteStatus.DiskFull, null);

    public static FileWriteResult Stored(StoredFile file) => new(FileWriteStatus.Stored, file);
}
