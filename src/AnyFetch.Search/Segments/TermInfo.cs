namespace AnyFetch.Search.Segments;

/// <summary>Where a term's postings are.</summary>
/// <param name="Frequency">Rows that have the term, dead ones included; 0 when there is no such term.</param>
/// <param name="Offset">First byte in the postings.</param>
/// <param name="DocsBytes">Bytes of the documents and patterns, which the positions follow.</param>
/// <param name="PositionsBytes">Bytes of the positions.</param>
internal readonly record struct TermInfo(int Frequency, long Offset, int DocsBytes, int PositionsBytes);
