using System.Text.Json;

namespace AnyFetch.Core.Json;

/// <summary>
/// Takes an object out of a request body in one walk, without building a tree: the bytes are copied once, and only
/// what could not be trusted later (text that is not Unicode, nulls, equal keys) is looked at.
/// </summary>
internal static class JsonFieldsReader
{
    /// <summary>Objects with more keys than this are always merged key by key, which is right but slower.</summary>
    private const int FastKeysMax = 32;

    /// <param name="body">The whole text that the reader was made over.</param>
    /// <param name="reader">Stands on the object's opening brace; ends on its closing one.</param>
    /// <param name="isNormal">False when a first-level key is null or may stand twice.</param>
    internal static JsonFields Read(ReadOnlySpan<byte> body, ref Utf8JsonReader reader, out bool isNormal)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An object is expected.");
        }

        var start = (int)reader.TokenStartIndex;
        isNormal = ReadKeys(body, ref reader, out var isEmpty);
        if (isEmpty)
        {
            return JsonFields.Empty;
        }

        var utf8 = body[start..(int)reader.BytesConsumed].ToArray();
        return isNormal ? JsonFields.FromNormal(utf8) : JsonFields.FromTrusted(utf8);
    }

    private static bool ReadKeys(ReadOnlySpan<byte> body, ref Utf8JsonReader reader, out bool isEmpty)
    {
        Span<Range> names = stackalloc Range[FastKeysMax];
        var count = 0;
        var isNormal = true;
        var depth = reader.CurrentDepth + 1;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            UnicodeText.Check(ref reader);
            var from = (int)reader.TokenStartIndex + 1;
            var name = from..(from + reader.ValueSpan.Length);
            isNormal &= !reader.ValueIsEscaped && count < FastKeysMax && !Contains(body, names[..count], body[name]);
            if (count < FastKeysMax)
            {
                names[count++] = name;
            }

            reader.Read();
            isNormal &= reader.TokenType != JsonTokenType.Null;
            ReadValue(ref reader, depth);
        }

        isEmpty = count == 0;
        return isNormal;
    }

    private static void ReadValue(ref Utf8JsonReader reader, int depth)
    {
        UnicodeText.Check(ref reader);
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        while (reader.Read() && reader.CurrentDepth > depth)
        {
            UnicodeText.Check(ref reader);
        }
    }

    private static bool Contains(ReadOnlySpan<byte> body, ReadOnlySpan<Range> names, ReadOnlySpan<byte> name)
    {
        foreach (var other in names)
        {
            if (body[other].SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }
}
