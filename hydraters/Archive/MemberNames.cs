using System.Text;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Archive;

/// <summary>
/// Makes names of documents out of what stands in archives: encodings that nobody wrote down, both kinds of slashes, ways up
/// and out of the archive, control characters.
/// </summary>
internal static class MemberNames
{
    private const int SegmentsMax = 64;
    private const int SegmentCharsMax = 255;

    /// <summary>The encoding of zip archives that name none, from the times of DOS.</summary>
    private const int DosCodePage = 437;

    /// <summary>
    /// The path with plain slashes, without drive, root and dots; it cannot lead out of the archive. Empty when nothing is
    /// left.
    /// </summary>
    internal static string Clean(string path)
    {
        var plain = TextCleaner.RemoveControls(path.Replace('\\', '/')).Replace('\n', ' ').Replace('\t', ' ');
        var segments = plain.Split('/').Select(static segment => segment.Trim())
            .Where(static segment => segment.Length > 0 && segment.Trim('.').Length > 0 && !IsDrive(segment)).ToList();
        var kept = segments.Count <= SegmentsMax ? segments : segments[^SegmentsMax..];
        return string.Join('/', kept.Select(Shorten));
    }

    /// <summary>
    /// Decodes names that <see cref="ByteNames"/> read, and leaves those alone that said that they are UTF-8. The encoding is
    /// judged by all of them together.
    /// </summary>
    internal static Func<string, string> Decoder(IEnumerable<string> names)
    {
        var bytes = ByteNames.Instance.GetBytes(string.Join('\n', names.Where(ByteNames.IsUndecoded)));
        if (bytes.Length == 0)
        {
            return static name => name;
        }

        var encoding = CharsetDetector.Detect(bytes);
        if (encoding.CodePage == 1252 && bytes.Any(IsDos))
        {
            encoding = Encoding.GetEncoding(DosCodePage);
        }

        return name => ByteNames.IsUndecoded(name) ? encoding.GetString(ByteNames.Instance.GetBytes(name)) : name;
    }

    /// <summary>The text of a name that is UTF-8 or of an older time.</summary>
    internal static string Decode(ReadOnlySpan<byte> name) => CharsetDetector.Decode(name);

    /// <summary>Letters of DOS, which stand for nothing or for signs of money in other Western encodings.</summary>
    private static bool IsDos(byte letter) => letter is >= 0x80 and <= 0xa5;

    private static bool IsDrive(string segment) => segment.Length == 2 && segment[1] == ':' && char.IsAsciiLetter(segment[0]);

    /// <summary>Keeps the end, where the extension is.</summary>
    private static string Shorten(string segment)
    {
        if (segment.Length <= SegmentCharsMax)
        {
            return segment;
        }

        var start = segment.Length - SegmentCharsMax;
        return segment[(char.IsLowSurrogate(segment[start]) ? start + 1 : start)..];
    }
}
