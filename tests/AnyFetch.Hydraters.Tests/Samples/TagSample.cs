using System.Buffers.Binary;
using System.Text;

namespace AnyFetch.Hydraters.Tests.Samples;

/// <summary>Writes the blocks that describe pictures, and pictures that consist of little else.</summary>
internal static class TagSample
{
    /// <summary>A JPEG that begins and ends.</summary>
    internal static byte[] Jpeg(params (byte Marker, byte[] Body)[] segments) =>
        ImageSample.WithSegments([0xff, 0xd8, 0xff, 0xd9], segments);

    internal static (byte, byte[]) ExifSegment(byte[] exif) => (0xe1, [.. "Exif\0\0"u8, .. exif]);

    internal static (byte, byte[]) XmpSegment(string xmp) => (0xe1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(xmp)]);

    internal static (byte, byte[]) IimSegment(byte[] iim) => (0xed, [.. "Photoshop 3.0\0"u8, .. Resource(0x03ed, [1, 2, 3]), .. Resource(0x0404, iim)]);

    internal static byte[] Iim(params (int Record, int Number, byte[] Value)[] sets) =>
    [
        .. sets.SelectMany(set => (byte[])[0x1c, (byte)set.Record, (byte)set.Number, (byte)(set.Value.Length >> 8), (byte)set.Value.Length, .. set.Value]),
    ];

    internal static string Xmp(string properties) =>
        "<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
        + "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
        + properties + "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>";

    internal static string Subjects(params string[] subjects) =>
        "<dc:subject><rdf:Bag>" + string.Concat(subjects.Select(s => $"<rdf:li>{s}</rdf:li>")) + "</rdf:Bag></dc:subject>";

    /// <summary>A PNG's first bytes, a chunk, and its end.</summary>
    internal static byte[] Png(string chunk, byte[] body) =>
        [0x89, .. "PNG"u8, 13, 10, 26, 10, .. Chunk(chunk, body), .. Chunk("IEND", [])];

    /// <summary>A WebP file of chunks.</summary>
    internal static byte[] Webp(params (string Type, byte[] Body)[] chunks) =>
    [
        .. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8,
        .. chunks.SelectMany(c => (byte[])[.. Encoding.ASCII.GetBytes(c.Type), .. BitConverter.GetBytes(c.Body.Length), .. c.Body, .. new byte[c.Body.Length & 1]]),
    ];

    /// <summary>A flat PSD file whose resources hold IPTC.</summary>
    internal static byte[] Psd(byte[] iim)
    {
        var resources = Resource(0x0404, iim);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, resources.Length);
        return [.. "8BPS"u8, 0, 1, .. new byte[20], 0, 0, 0, 0, .. length, .. resources];
    }

    /// <summary>
    /// A big-endian TIFF file, which is what an EXIF block is: tags of the main directory, of the camera's and of the
    /// position's.
    /// </summary>
    internal static byte[] Tiff(
        (ushort Tag, ushort Type, byte[] Value)[] main, (ushort, ushort, byte[])[]? camera = null, (ushort, ushort, byte[])[]? position = null)
    {
        using var file = new MemoryStream();
        file.Write([.. "MM\0*"u8, 0, 0, 0, 8]);
        var all = main.ToList();
        var (cameraAt, positionAt) = (Start(8, main.Length + (camera is null ? 0 : 1) + (position is null ? 0 : 1), main), 0);
        if (camera is not null)
        {
            all.Add((0x8769, 4, Number(cameraAt)));
        }

        positionAt = camera is null ? cameraAt : Start(cameraAt, camera.Length, camera);
        if (position is not null)
        {
            all.Add((0x8825, 4, Number(positionAt)));
        }

        foreach (var directory in new[] { [.. all], camera, position })
        {
            if (directory is not null)
            {
                Write(file, directory);
            }
        }

        return file.ToArray();
    }

    internal static (ushort, ushort, byte[]) Ascii(ushort tag, string text) => (tag, 2, [.. Encoding.UTF8.GetBytes(text), 0]);

    /// <summary>Degrees, minutes and seconds as the tag holds them.</summary>
    internal static (ushort, ushort, byte[]) Degrees(ushort tag, int degrees, int minutes, int hundredths) =>
        (tag, 5, [.. Number(degrees), .. Number(1), .. Number(minutes), .. Number(1), .. Number(hundredths), .. Number(100)]);

    private static byte[] Resource(int id, byte[] content) =>
        [.. "8BIM"u8, (byte)(id >> 8), (byte)id, 0, 0, .. Number(content.Length), .. content, .. new byte[content.Length & 1]];

    private static byte[] Chunk(string type, byte[] body) =>
        [.. Number(body.Length), .. Encoding.ASCII.GetBytes(type), .. body, 0, 0, 0, 0];

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>Where the directory after one begins, whose longer values stand behind its entries.</summary>
    private static int Start(int at, int count, (ushort, ushort, byte[] Value)[] entries) =>
        at + 2 + count * 12 + 4 + entries.Where(e => e.Value.Length > 4).Sum(e => e.Value.Length);

    private static void Write(MemoryStream file, (ushort Tag, ushort Type, byte[] Value)[] entries)
    {
        var valuesAt = (int)file.Length + 2 + entries.Length * 12 + 4;
        file.Write([(byte)(entries.Length >> 8), (byte)entries.Length]);
        var values = new List<byte>();
        foreach (var (tag, type, value) in entries)
        {
            var size = type switch { 4 => 4, 5 => 8, _ => 1 };
            file.Write([(byte)(tag >> 8), (byte)tag, 0, (byte)type, .. Number(value.Length / size)]);
            file.Write(value.Length > 4 ? Number(valuesAt + values.Count) : [.. value, .. new byte[4 - value.Length]]);
            values.AddRange(value.Length > 4 ? value : []);
        }

        file.Write([0, 0, 0, 0, .. values]);
    }
}
