namespace AnyFetch.Search.Segments;

/// <summary>A file of an index is not what was written; only a new index cures that.</summary>
internal sealed class DamagedIndexException(string message) : Exception(message);
