using System.IO.Compression;

namespace AnyFetch.Hydraters.Iptc;

/// <summary>Finds the blocks that describe a picture in its file. A damaged file gives what stands before the damage.</summary>
internal static class BlockFinder
{
    private const byte StartOfScan = 0xda;
    private const byte EndOfImage = 0xd9;
    private const byte App1 = 0xe1;
    private const byte App13 = 0xed;

    internal static TagBlocks Find(Stream picture, string contentType)
    {
        var blocks = new TagBlocks();
        var file = new BlockStream(picture);
        switch (contentType)
        {
            case "image/jpeg":
                FindInJpeg(file, blocks);
                break;
            case "image/png":
                FindInPng(file, blocks);
                break;
            case "image/webp":
                FindInWebp(file, blocks);
                break;
            case "image/tiff":
                ExifReader.FindBlocks(file, blocks);
                break;
            case "image/vnd.adobe.photoshop":
                FindInPsd(file, blocks);
                break;
        }

        return blocks;
    }

    /// <summary>Segments up to the picture itself (ITU T.81, B.1.1).</summary>
    private static void FindInJpeg(BlockStream file, TagBlocks blocks)
    {
        file.Position = 2;
        using var photoshop = new MemoryStream();
        for (var part = 0; part < TagBlocks.PartsMax && file.Read(2) is [0xff, var marker]; part++)
        {
            if (marker is StartOfScan or EndOfImage)
            {
                break;
            }

            if (marker == 0xff)
            {
                // A byte that only fills: the marker comes after it.
                file.Position--;
                continue;
            }

            if (file.ReadUInt16(isLittleEndian: false) is not { } length || length < 2)
            {
                break;
            }

            var end = file.Position + length - 2;
            if (marker is App1 or App13 && file.Read(length - 2) is { } segment)
            {
                Take(segment, marker, blocks, photoshop);
            }

            file.Position = end;
        }

        blocks.Iim = PhotoshopResources.FindIim(photoshop.ToArray());
    }

    private static void Take(ReadOnlySpan<byte> segment, byte marker, TagBlocks blocks, MemoryStream photoshop)
    {
        if (marker == App13)
        {
            // Longer ones are spread over segments, each of which begins anew.
            var name = "Photoshop 3.0\0"u8;
            if (segment.StartsWith(name) && photoshop.Length + segment.Length <= TagBlocks.BlockBytesMax)
            {
                photoshop.Write(segment[name.Length..]);
            }
        }
        else if (segment.StartsWith("Exif\0"u8) && segment.Length > 6)
        {
            blocks.Exif ??= segment[6..].ToArray();
        }
        else if (segment.StartsWith("http://ns.adobe.com/xap/1.0/\0"u8))
        {
            blocks.Xmp ??= segment["http://ns.adobe.com/xap/1.0/\0"u8.Length..].ToArray();
        }
    }

    /// <summary>Chunks to the end (W3C PNG, third edition).</summary>
    private static void FindInPng(BlockStream file, TagBlocks blocks)
    {
        const int CrcBytes = 4;
        file.Position = 8;
        for (var part = 0; part < TagBlocks.PartsMax && file.ReadUInt32(isLittleEndian: false) is { } length; part++)
        {
            var type = file.Read(4);
            var end = file.Position + length + CrcBytes;
            if (type.AsSpan().SequenceEqual("eXIf"u8))
            {
                blocks.Exif ??= file.Read(length);
            }
            else if (type.AsSpan().SequenceEqual("iTXt"u8))
            {
                blocks.Xmp ??= XmpOfPng(file.Read(length));
            }

            file.Position = end;
        }
    }

    /// <summary>Keyword, whether it is compressed, by which method, language, translated keyword, text.</summary>
    private static byte[]? XmpOfPng(ReadOnlySpan<byte> chunk)
    {
        var keyword = "XML:com.adobe.xmp\0"u8;
        if (!chunk.StartsWith(keyword) || chunk.Length < keyword.Length + 4)
        {
            return null;
        }

        var isCompressed = chunk[keyword.Length] == 1;
        var rest = chunk[(keyword.Length + 2)..];
        for (var text = 0; text < 2; text++)
        {
            rest = rest[(rest.IndexOf((byte)0) + 1)..];
        }

        return isCompressed ? Expand(rest.ToArray()) : rest.ToArray();
    }

    private static byte[]? Expand(byte[] packed)
    {
        var expanded = new byte[TagBlocks.BlockBytesMax];
        try
        {
            using var stream = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            return expanded[..stream.ReadAtLeast(expanded, expanded.Length, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>RIFF chunks, padded to even lengths.</summary>
    private static void FindInWebp(BlockStream file, TagBlocks blocks)
    {
        file.Position = 12;
        for (var part = 0; part < TagBlocks.PartsMax && file.Read(4) is { } type; part++)
        {
            if (file.ReadUInt32(isLittleEndian: true) is not { } length)
            {
                break;
            }

            var end = file.Position + length + (length & 1);
            if (type.AsSpan().SequenceEqual("EXIF"u8) && file.Read(length) is { } exif)
            {
                blocks.Exif ??= exif.AsSpan().StartsWith("Exif\0\0"u8) ? exif[6..] : exif;
            }
            else if (type.AsSpan().SequenceEqual("XMP "u8))
            {
                blocks.Xmp ??= file.Read(length);
            }

            file.Position = end;
        }
    }

    /// <summary>After the header the palette, then the resources, each with its length before it.</summary>
    private static void FindInPsd(BlockStream file, TagBlocks blocks)
    {
        file.Position = 26;
        var palette = file.ReadUInt32(isLittleEndian: false) ?? 0;
        file.Position += palette;
        if (file.ReadUInt32(isLittleEndian: false) is { } length && file.Read(length) is { } resources)
        {
            blocks.Iim = PhotoshopResources.FindIim(resources);
        }
    }
}
