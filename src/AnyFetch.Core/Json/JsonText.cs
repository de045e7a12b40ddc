using System.Text.Json;

namespace AnyFetch.Core.Json;

/// <summary>Long texts in JSON.</summary>
public static class JsonText
{
    /// <summary>
    /// Longest piece, in characters. The writer makes room for the worst that escaping can do to what it is given at once:
    /// for a text of megabytes, a multiple of the whole document.
    /// </summary>
    private const int PieceChars = 4096;

    /// <summary>Writes a text as a value, in pieces if it is long.</summary>
    public static void WriteText(this Utf8JsonWriter writer, ReadOnlySpan<char> text)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (text.Length <= PieceChars)
        {
            writer.WriteStringValue(text);
            return;
        }

        for (; text.Length > PieceChars; text = text[PieceChars..])
        {
            writer.WriteStringValueSegment(text[..PieceChars], isFinalSegment: false);
        }

        writer.WriteStringValueSegment(text, isFinalSegment: true);
    }
}
