namespace AnyFetch.Storage.Database;

/// <summary>Another node changed what this work relied on: it is undone and run again.</summary>
internal sealed class WriteConflictException()
    : Exception("Other writers kept changing the same rows; the change was given up.");
