using System.Collections.Frozen;
using System.Net;

namespace AnyFetch.Notes;

/// <summary>What lies in a note: small pictures are shown where they stand, anything else by its name.</summary>
internal static class NoteFiles
{
    private static readonly FrozenSet<string> PictureTypes = new[]
    {
        "image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "image/bmp",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a browser shows this media type as a picture.</summary>
    public static bool IsPicture(string type) => PictureTypes.Contains(type);

    /// <summary>A picture as HTML that loads nothing.</summary>
    public static string Picture(string? name, string type, ReadOnlySpan<byte> content) =>
        $"<img alt=\"{WebUtility.HtmlEncode(name ?? "")}\" "
        + $"src=\"data:{type.ToLowerInvariant()};base64,{Convert.ToBase64String(content)}\">";

    /// <summary>Anything else as HTML.</summary>
    public static string Mention(string? name) => $"<span>{WebUtility.HtmlEncode(name ?? "")}</span>";

    /// <summary>
    /// A name for what has none: the usual ending of a type is its second half (<c>application/pdf</c>); others get none.
    /// </summary>
    public static string Name(string? name, string type, string id)
    {
        if (name is { Length: > 0 })
        {
            return name;
        }

        var ending = type[(type.LastIndexOf('/') + 1)..].ToLowerInvariant();
        return ending is { Length: > 0 and <= 5 } && ending.All(char.IsAsciiLetterOrDigit) ? $"{id}.{ending}" : id;
    }

    /// <summary>One part of a path.</summary>
    public static string Segment(string name) => name.Replace('/', ' ').Trim();
}
