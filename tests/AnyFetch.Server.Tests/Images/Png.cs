using System.Buffers.Binary;
using System.IO.Compression;

namespace AnyFetch.Server.Tests.Images;

/// <summary>The pixels of a PNG file of the kind that browsers write: 8 bits a colour, with or without alpha.</summary>
internal sealed class Png
{
    private static readonly byte[] s_signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    private readonly byte[] _lines;
    private readonly int _pixelBytes;

    private Png(int width, int height, int pixelBytes, byte[] lines)
    {
        (Width, Height, _pixelBytes, _lines) = (width, height, pixelBytes, lines);
        Unfilter();
    }

    public int Width { get; }

    public int Height { get; }

    private int LineBytes => 1 + (Width * _pixelBytes);

    public static Png Read(ReadOnlySpan<byte> file)
    {
        Assert.True(file.StartsWith(s_signature), "It is no PNG file.");
        var (width, height, pixelBytes) = (0, 0, 0);
        using var packed = new MemoryStream();
        for (var rest = file[8..]; rest.Length > 0;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            var content = rest.Slice(8, length);
            if (rest.Slice(4, 4).SequenceEqual("IHDR"u8))
            {
                width = BinaryPrimitives.ReadInt32BigEndian(content);
                height = BinaryPrimitives.ReadInt32BigEndian(content[4..]);
                Assert.Equal(8, content[8]);
                pixelBytes = content[9] switch { 2 => 3, 6 => 4, _ => throw new InvalidDataException("colour type") };
            }
            else if (rest.Slice(4, 4).SequenceEqual("IDAT"u8))
            {
                packed.Write(content);
            }

            rest = rest[(length + 12)..];
        }

        packed.Position = 0;
        var lines = new byte[height * (1 + (width * pixelBytes))];
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        unpacked.ReadExactly(lines);
        return new Png(width, height, pixelBytes, lines);
    }

    /// <summary>How many pixels have exactly this colour.</summary>
    public int Count(byte red, byte green, byte blue)
    {
        var count = 0;
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var at = (y * LineBytes) + 1 + (x * _pixelBytes);
                count += _lines[at] == red && _lines[at + 1] == green && _lines[at + 2] == blue ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>Undoes what each line was filtered with (PNG specification, section 9).</summary>
    private void Unfilter()
    {
        for (var y = 0; y < Height; y++)
        {
            var filter = _lines[y * LineBytes];
            for (var i = 1; i < LineBytes; i++)
            {
                var at = (y * LineBytes) + i;
                var left = i > _pixelBytes ? _lines[at - _pixelBytes] : 0;
                var above = y > 0 ? _lines[at - LineBytes] : 0;
                var corner = y > 0 && i > _pixelBytes ? _lines[at - LineBytes - _pixelBytes] : 0;
                _lines[at] += (byte)(filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => above,
                    3 => (left + above) / 2,
                    _ => Paeth(left, above, corner),
                });
            }
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        var guess = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
