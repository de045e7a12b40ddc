namespace AnyFetch.Core.Documents;

/// <summary>
/// An angle bracket as hydraters store it in texts (hydraters.md §1): <c>&amp;lt;</c> or <c>&amp;gt;</c>. It is no word, and shown as
/// the bracket that it stands for.
/// </summary>
public static class EscapedBracket
{
    /// <summary>Characters of either.</summary>
    public const int Length = 4;

    /// <summary>Whether one begins at a place of a text.</summary>
    public static bool StandsAt(ReadOnlySpan<char> text, int index) =>
        text[index..].StartsWith("&lt;", StringComparison.Ordinal) || text[index..].StartsWith("&gt;", StringComparison.Ordinal);
}
