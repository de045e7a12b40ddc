using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace AnyFetch.Core.Json;

/// <summary>
/// JSON allows an escape that spells half a surrogate pair, and its readers take bytes that are no UTF-8 inside of texts.
/// Nothing downstream could turn either into text, so both are refused where a body comes in.
/// </summary>
public static class UnicodeText
{
    /// <summary>Length of the escape of half a surrogate pair, <c>\u</c> and four digits, in bytes.</summary>
    private const int PairHalfBytes = 6;

    /// <summary>Parses a small JSON text, all of whose names and texts are Unicode.</summary>
    /// <param name="utf8">The text. Not kept.</param>
    /// <returns>The value, on memory of its own.</returns>
    /// <exception cref="JsonException">
    /// Not UTF-8, not JSON, nested deeper than <see cref="JsonFields.DepthMax"/>, or holding half a surrogate pair.
    /// </exception>
    public static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw new JsonException("The text is not valid UTF-8.");
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = JsonFields.DepthMax });
        while (reader.Read())
        {
            Check(ref reader);
        }

        reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = JsonFields.DepthMax });
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Looks at the name or text that the reader stands on.</summary>
    /// <param name="reader">Stands on any token.</param>
    /// <exception cref="JsonException">It holds half a surrogate pair.</exception>
    public static void Check(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped)
        {
            return;
        }

        if (!HasWholePairs(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan))
        {
            throw new JsonException("A string holds half a surrogate pair.");
        }
    }

    /// <summary>
    /// Whether no escape of a text that was read as JSON spells half a surrogate pair. The text is not decoded for it: it
    /// may be megabytes long.
    /// </summary>
    private static bool HasWholePairs(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf((byte)'\\'); at >= 0; at = text.IndexOf((byte)'\\'))
        {
            text = text[at..];
            var isHigh = IsSurrogate(text, "89ab"u8);
            if (isHigh ? !IsSurrogate(text[PairHalfBytes..], "cdef"u8) : IsSurrogate(text, "cdef"u8))
            {
                return false;
            }

            // Never the middle of an escape: a backslash that is escaped begins none.
            text = text[(isHigh ? 2 * PairHalfBytes : 2)..];
        }

        return true;
    }

    /// <summary>Whether a text begins with the escape of a surrogate whose second digit is one of these, in lower case.</summary>
    private static bool IsSurrogate(ReadOnlySpan<byte> text, ReadOnlySpan<byte> digits) =>
        text.Length >= PairHalfBytes
        && text[0] == '\\' && text[1] == 'u' && (text[2] | 0x20) == 'd' && digits.Contains((byte)(text[3] | 0x20));
}
