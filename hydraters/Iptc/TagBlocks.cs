namespace AnyFetch.Hydraters.Iptc;

/// <summary>The blocks of a picture file that describe it, as far as it has them. Nothing in them was looked at yet.</summary>
internal sealed class TagBlocks
{
    /// <summary>Bytes of one block; a longer one is passed over.</summary>
    internal const int BlockBytesMax = 4 << 20;

    /// <summary>Parts of a file that are looked at on the way to the blocks.</summary>
    internal const int PartsMax = 10_000;

    /// <summary>EXIF, a small TIFF file (CIPA DC-008).</summary>
    internal byte[]? Exif { get; set; }

    /// <summary>XMP, a packet of XML (ISO 16684-1).</summary>
    internal byte[]? Xmp { get; set; }

    /// <summary>IPTC-IIM data sets (IIM 4.2).</summary>
    internal byte[]? Iim { get; set; }
}
