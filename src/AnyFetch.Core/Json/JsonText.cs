using System.Buffers;
using System.Runtime.InteropServices;
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

    /// <summary>Longest text that is lent from the memory that everybody shares, which keeps many pieces of each size.</summary>
    private const int SharedChars = 64 * 1024;

    /// <summary>Longest text that is lent from memory that is kept.</summary>
    private const int KeptChars = 16 * 1024 * 1024;

    /// <summary>
    /// Displays take megabytes, several at the same time. Kept by the dozen, they would double what a server takes, and what it
    /// keeps decides how much more it allocates before it collects; so one of each size is kept.
    /// </summary>
    private static readonly ArrayPool<char> s_long = ArrayPool<char>.Create(KeptChars, maxArraysPerBucket: 1);

    /// <summary>Lends a text to whoever only looks at it: it stands in memory that is used again.</summary>
    /// <param name="value">A JSON string.</param>
    /// <param name="state">Handed to <paramref name="look"/>.</param>
    /// <param name="look">Gets the text, which is gone when it returns.</param>
    public static TResult Lend<TState, TResult>(
        this JsonElement value, TState state, Func<ReadOnlySpan<char>, TState, TResult> look)
    {
        ArgumentNullException.ThrowIfNull(look);
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(value));
        reader.Read();
        var pool = reader.ValueSpan.Length <= SharedChars ? ArrayPool<char>.Shared : s_long;
        var room = pool.Rent(reader.ValueSpan.Length);
        try
        {
            return look(room.AsSpan(0, reader.CopyString(room)), state);
        }
        finally
        {
            pool.Return(room);
        }
    }

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
