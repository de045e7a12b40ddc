using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using AnyFetch.Testing;

namespace AnyFetch.Hydraters.Tests.Samples;

/// <summary>Makes pictures: PNG and TIFF byte by byte, other formats from them with vips.</summary>
internal static class ImageSample
{
    /// <summary>A picture whose left half is red and whose right half is blue, over white where it is transparent.</summary>
    internal static byte[] Png(int width, int height, byte alpha = 255)
    {
        var rows = new byte[height * (1 + width * 4)];
        for (int y = 0, at = 0; y < height; y++)
        {
            at++;
            for (var x = 0; x < width; x++, at += 4)
            {
                rows[at + (x < width / 2 ? 0 : 2)] = 255;
                rows[at + 3] = alpha;
            }
        }

        return PngOf(width, height, rows);
    }

    /// <summary>A PNG that says to be of some size and holds these bytes.</summary>
    internal static byte[] PngOf(int width, int height, byte[] rows)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = 6;
        Chunk(file, "IHDR", header);
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(rows);
        }

        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>A picture in another format, told by its extension with options, such as <c>.jpg[Q=90]</c>.</summary>
    internal static byte[] As(string format, byte[] picture)
    {
        using var temp = new TempDirectory();
        File.WriteAllBytes(temp.File("in"), picture);
        NativeTool.Run("vips", "copy", temp.File("in"), temp.File("out" + format));
        return File.ReadAllBytes(temp.File("out" + format.Split('[')[0]));
    }

    /// <summary>Printed words, black on white, as a PNG of 1200 by 300 pixels.</summary>
    internal static byte[] Text(string text)
    {
        using var temp = new TempDirectory();
        NativeTool.Run("vips", "text", temp.File("a.v"), text, "--font", "sans 32", "--dpi", "150");
        NativeTool.Run("vips", "invert", temp.File("a.v"), temp.File("b.v"));
        NativeTool.Run("vips", "embed", temp.File("b.v"), temp.File("c.png"), "60", "60", "1200", "300", "--extend", "white");
        return File.ReadAllBytes(temp.File("c.png"));
    }

    /// <summary>A TIFF of two pages of 1200 by 300 pixels.</summary>
    internal static byte[] Tiff(byte[] first, byte[] second)
    {
        using var temp = new TempDirectory();
        File.WriteAllBytes(temp.File("a"), first);
        File.WriteAllBytes(temp.File("b"), second);
        NativeTool.Run("vips", "join", temp.File("a"), temp.File("b"), temp.File("c.v"), "vertical");
        NativeTool.Run("vips", "tiffsave", temp.File("c.v"), temp.File("c.tif"), "--page-height", "300");
        return File.ReadAllBytes(temp.File("c.tif"));
    }

    /// <summary>The JPEG with segments put in after its start.</summary>
    internal static byte[] WithSegments(byte[] jpeg, params (byte Marker, byte[] Body)[] segments)
    {
        using var file = new MemoryStream();
        file.Write(jpeg.AsSpan(0, 2));
        foreach (var (marker, body) in segments)
        {
            file.Write([0xff, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2)]);
            file.Write(body);
        }

        file.Write(jpeg.AsSpan(2));
        return file.ToArray();
    }

    /// <summary>An EXIF segment that says how the camera was held.</summary>
    internal static (byte, byte[]) Orientation(byte value) => (0xe1,
    [
        .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0,
    ]);

    /// <summary>Whatever the picture is, its width, height and format.</summary>
    internal static (int Width, int Height, string Loader) Measure(byte[] picture)
    {
        using var temp = new TempDirectory();
        File.WriteAllBytes(temp.File("x"), picture);
        string Field(string name) => NativeTool.Run("vipsheader", "-f", name, temp.File("x")).Trim();
        return (int.Parse(Field("width")), int.Parse(Field("height")), Field("vips-loader"));
    }

    /// <summary>The values of one pixel.</summary>
    internal static int[] Pixel(byte[] picture, int x, int y)
    {
        using var temp = new TempDirectory();
        File.WriteAllBytes(temp.File("x"), picture);
        return [.. NativeTool.Run("vips", "getpoint", temp.File("x"), $"{x}", $"{y}").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(v => (int)double.Parse(v, System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>The bytes of a data URI, whose type is as expected.</summary>
    internal static byte[] FromDataUri(string? uri, string type)
    {
        Assert.StartsWith($"data:{type};base64,", uri, StringComparison.Ordinal);
        return Convert.FromBase64String(uri!.Split(',')[1]);
    }

    private static void Chunk(MemoryStream file, string type, byte[] body)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. body];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        file.Write(number);
        file.Write(typed);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32Of(typed));
        file.Write(number);
    }

    private static uint Crc32Of(byte[] bytes)
    {
        var crc = 0xffffffffu;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xedb88320u;
            }
        }

        return ~crc;
    }
}
