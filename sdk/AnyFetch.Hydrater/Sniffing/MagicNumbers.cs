namespace AnyFetch.Hydrater.Sniffing;

/// <summary>Binary formats by their first bytes.</summary>
internal static class MagicNumbers
{
    /// <summary>The type of a binary format, or null when the first bytes say nothing.</summary>
    internal static string? TypeOf(ReadOnlySpan<byte> head) => Image(head) ?? Document(head) ?? Media(head) ?? Packed(head);

    private static string? Image(ReadOnlySpan<byte> head) => head switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        [(byte)'I', (byte)'I', 0x2a, 0, ..] or [(byte)'M', (byte)'M', 0, 0x2a, ..] => "image/tiff",
        [(byte)'8', (byte)'B', (byte)'P', (byte)'S', 0, 1, ..] => "image/vnd.adobe.photoshop",
        [0, 0, 1, 0, _, 0, ..] when head.Length > 22 => "image/vnd.microsoft.icon",
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => "image/bmp",
        _ when head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8) => "image/webp",
        _ when head.Length >= 12 && head[4..].StartsWith("ftyp"u8) => IsoMedia(head[8..12]),
        _ => null,
    };

    private static string IsoMedia(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("avif"u8) ? "image/avif"
        : brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) ? "image/heic"
        : brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8) ? "image/heif"
        : brand.SequenceEqual("M4A "u8) ? "audio/mp4"
        : "video/mp4";

    private static string? Document(ReadOnlySpan<byte> head)
    {
        // Readers accept a PDF header anywhere in the first kilobyte.
        if (head[..Math.Min(head.Length, 1024)].IndexOf("%PDF-"u8) >= 0)
        {
            return "application/pdf";
        }

        return head.StartsWith(@"{\rtf"u8) ? "application/rtf"
            : head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8) ? "application/zip"
            : head is [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] ? "application/x-ole-storage"
            : head.StartsWith("%!PS"u8) ? "application/postscript"
            : null;
    }

    private static string? Media(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'I', (byte)'D', (byte)'3', ..] or [0xff, 0xfb, ..] or [0xff, 0xf3, ..] => "audio/mpeg",
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "audio/ogg",
        [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] => "audio/flac",
        [0x1a, 0x45, 0xdf, 0xa3, ..] => "video/x-matroska",
        _ when head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WAVE"u8) => "audio/wav",
        _ when head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("AVI "u8) => "video/x-msvideo",
        _ => null,
    };

    private static string? Packed(ReadOnlySpan<byte> head) => head switch
    {
        [0x1f, 0x8b, 8, ..] => "application/gzip",
        [(byte)'B', (byte)'Z', (byte)'h', _, 0x31, 0x41, ..] => "application/x-bzip2",
        [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => "application/x-xz",
        [(byte)'7', (byte)'z', 0xbc, 0xaf, ..] => "application/x-7z-compressed",
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] => "application/vnd.rar",
        [0x7f, (byte)'E', (byte)'L', (byte)'F', ..] => "application/x-elf",
        [0xca, 0xfe, 0xba, 0xbe, ..] => "application/java-vm",
        _ when head.StartsWith("SQLite format 3\0"u8) => "application/vnd.sqlite3",
        _ when head.Length > 262 && head[257..].StartsWith("ustar"u8) => "application/x-tar",
        _ => null,
    };
}
