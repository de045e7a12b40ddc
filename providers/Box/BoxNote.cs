using System.Net;
using System.Text;
using System.Text.Json;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Box;

/// <summary>
/// The text of a Box Note. Its file is JSON: older notes hold their text whole (<c>atext.text</c>), newer ones a tree of
/// blocks (<c>doc</c>) with the text at its leaves.
/// </summary>
internal static class BoxNote
{
    private const string Ending = ".boxnote";
    private const int DepthMax = 512;

    public static bool IsNote(string name) => name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    public static string TextName(string name) => name[..^Ending.Length] + ".txt";

    /// <summary>Reads a note and returns its text. Disposes the note.</summary>
    /// <exception cref="SourceException">It is no note, or larger than allowed.</exception>
    public static async Task<Stream> ReadAsync(Stream note, int bytesMax, CancellationToken cancellationToken)
    {
        await using (note)
        {
            using var json = new MemoryStream();
            var buffer = new byte[81920];
            for (int read; (read = await note.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                if (json.Length + read > bytesMax)
                {
                    throw new SourceException(HttpStatusCode.RequestEntityTooLarge, "The note is larger than it said.");
                }

                json.Write(buffer, 0, read);
            }

            return new MemoryStream(Encoding.UTF8.GetBytes(TextOf(json.GetBuffer().AsMemory(0, (int)json.Length))));
        }
    }

    private static string TextOf(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var note = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DepthMax });
            var root = note.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return "";
            }

            if (root.TryGetProperty("atext", out var whole) && Member(whole, "text") is { } old)
            {
                return old;
            }

            var text = new StringBuilder();
            if (root.TryGetProperty("doc", out var document))
            {
                Append(text, document);
            }

            return text.ToString();
        }
        catch (JsonException broken)
        {
            throw new SourceException(HttpStatusCode.UnprocessableEntity, "The note cannot be read.", broken);
        }
    }

    // A block that holds text ends a line; a break within one does too.
    private static void Append(StringBuilder text, JsonElement node)
    {
        if (node.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (Member(node, "text") is { } leaf)
        {
            text.Append(leaf);
            return;
        }

        if (node.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array)
        {
            foreach (var child in content.EnumerateArray())
            {
                Append(text, child);
            }
        }

        if (text.Length > 0 && text[^1] != '\n')
        {
            text.Append('\n');
        }
    }

    private static string? Member(JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
