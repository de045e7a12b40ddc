namespace AnyFetch.Search.Highlights;

/// <summary>A part of a text that a query matched, with the query's terms that did, one bit each.</summary>
internal readonly record struct Span(int Start, int End, ulong Terms);
