using System.Text.Json;
using System.Text.Unicode;

namespace AnyFetch.Core.Json;

/// <summary>
/// JSON allows an escape that spells half a surrogate pair, and its readers take bytes that are no UTF-8 inside of texts.
/// Nothing downstream could turn either into text, so both are refused where a body comes in.
/// </summary>
public static class UnicodeText
{
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

        try
        {
            _ = reader.GetString();
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A string holds half a surrogate pair.", e);
        }
    }
}
