namespace AnyFetch.Core.Files;

/// <summary>A file that a document holds.</summary>
/// <param name="Hash">Its content's SHA-256.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record StoredFile(FileHash Hash, long Length);
