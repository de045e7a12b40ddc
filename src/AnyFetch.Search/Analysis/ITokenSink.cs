namespace AnyFetch.Search.Analysis;

/// <summary>Takes the terms of a text as the analyser finds them.</summary>
internal interface ITokenSink
{
    /// <param name="term">The folded term in UTF-8; only valid during the call.</param>
    /// <param name="start">Where it starts in the text, in characters.</param>
    /// <param name="end">Where it ends, exclusive.</param>
    /// <param name="kind">Its place among the others.</param>
    void Add(ReadOnlySpan<byte> term, int start, int end, TokenKind kind);
}
