using System.Text;
using System.Text.Json.Nodes;

namespace AnyFetch.Hydrater.ChangeSets;

/// <summary>
/// Keeps a change set within the limits of hydration.md §10. Longer values are cut at a character boundary and
/// <c>data.truncated</c> is set.
/// </summary>
public sealed record OutputLimits
{
    /// <summary>Bytes of UTF-8 that <c>metadata.text</c> may have. Default 10 MB.</summary>
    public int TextBytesMax { get; init; } = 10_000_000;

    /// <summary>Bytes of UTF-8 that <c>data.html</c> may have. Default 10 MB.</summary>
    public int HtmlBytesMax { get; init; } = 10_000_000;

    /// <summary>Bytes that a data URI may have; a longer one is left out, since half an image is none. Default 2 MB.</summary>
    public int DataUriBytesMax { get; init; } = 2_000_000;

    /// <summary>Cuts the change set's values in place.</summary>
    public void Apply(ChangeSet changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var cut = Cut(changes.Metadata, "text", TextBytesMax, isHtml: false);
        cut |= Cut(changes.Data, "html", HtmlBytesMax, isHtml: true);
        cut |= DropLongDataUris(changes.Metadata);
        cut |= DropLongDataUris(changes.Data);
        if (cut)
        {
            changes.Truncated = true;
        }
    }

    private static bool Cut(JsonObject map, string key, int bytesMax, bool isHtml)
    {
        if (TextOf(map, key) is not { } text || text.Length <= bytesMax / 3 || Encoding.UTF8.GetByteCount(text) <= bytesMax)
        {
            return false;
        }

        var length = CharactersWithin(text, bytesMax);
        if (isHtml)
        {
            // A tag or an entity that was cut in two would change what the rest means.
            var tag = text.LastIndexOf('<', length - 1);
            length = tag > text.LastIndexOf('>', length - 1) ? tag : length;
            var entity = text.LastIndexOf('&', length - 1, Math.Min(length, 12));
            length = entity > text.LastIndexOf(';', length - 1) ? entity : length;
        }

        map[key] = text[..length];
        return true;
    }

    private bool DropLongDataUris(JsonObject map)
    {
        var tooLong = map
            .Where(member => member.Value is JsonValue value && value.TryGetValue<string>(out var text)
                && text.Length > DataUriBytesMax && text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            .Select(member => member.Key)
            .ToList();
        foreach (var key in tooLong)
        {
            map.Remove(key);
        }

        return tooLong.Count > 0;
    }

    private static string? TextOf(JsonObject map, string key) =>
        map.TryGetPropertyValue(key, out var node) && node is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : null;

    private static int CharactersWithin(string text, int bytesMax)
    {
        var encoder = Encoding.UTF8.GetEncoder();
        var buffer = new byte[8192];
        int used = 0, left = bytesMax;
        while (left >= 4 && used < text.Length)
        {
            encoder.Convert(text.AsSpan(used), buffer.AsSpan(0, Math.Min(left, buffer.Length)), flush: true,
                out var chars, out var bytes, out _);
            if (chars == 0)
            {
                break;
            }

            used += chars;
            left -= bytes;
        }

        return used > 0 && char.IsHighSurrogate(text[used - 1]) ? used - 1 : used;
    }
}
