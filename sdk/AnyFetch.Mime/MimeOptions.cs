using System.Text;

namespace AnyFetch.Mime;

/// <summary>What a reader of mail accepts. What is beyond a limit is left out, never an error.</summary>
public sealed record MimeOptions
{
    /// <summary>Levels of multiparts inside multiparts; a deeper one is taken for a leaf. Default 20.</summary>
    public int DepthMax { get; init; } = 20;

    /// <summary>Parts of one mail, multiparts included. Default 2,000.</summary>
    public int PartsMax { get; init; } = 2_000;

    /// <summary>Bytes of one block of headers; the fields beyond are skipped. Default 256 KiB.</summary>
    public int HeaderBytesMax { get; init; } = 256 << 10;

    /// <summary>Fields of one block of headers. Default 2,000.</summary>
    public int HeaderFieldsMax { get; init; } = 2_000;

    /// <summary>Addresses of one header field. Default 2,000.</summary>
    public int AddressesMax { get; init; } = 2_000;

    /// <summary>
    /// Tells the charset of text whose declaration is missing, unknown or wrong. Default: UTF-8 when the bytes are
    /// valid UTF-8, else
    /// windows-1252.
    /// </summary>
    public Func<ReadOnlyMemory<byte>, Encoding>? DetectCharset { get; init; }
}
