namespace AnyFetch.Storage.Sqlite;

/// <summary>Another AnyFetch works with the embedded store.</summary>
public sealed class StoreInUseException(string directory, Exception inner) : IOException(
    $"Another AnyFetch works with {Path.GetFullPath(directory)}. Stop it, or choose another directory with --data.", inner);
