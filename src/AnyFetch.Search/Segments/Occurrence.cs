namespace AnyFetch.Search.Segments;

/// <summary>How often a term stands in one column of a document.</summary>
internal readonly record struct Occurrence(byte Column, int Count);
