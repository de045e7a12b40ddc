namespace AnyFetch.Mime;

/// <summary>The decoded text of a part.</summary>
/// <param name="Text">The text in Unicode; what could not be decoded is U+FFFD.</param>
/// <param name="Charset">The name of the charset that it was decoded from.</param>
/// <param name="IsTruncated">Whether the part has more than was asked for.</param>
public sealed record MimeText(string Text, string Charset, bool IsTruncated);
