namespace AnyFetch.Core.Errors;

/// <summary>The store has no room left: nothing was changed. Clients see <see cref="ErrorCode.InsufficientStorage"/>.</summary>
public sealed class StorageFullException(Exception inner) : IOException("The disk of the store is full.", inner);
