namespace AnyFetch.Mime.Transfer;

/// <summary>Uuencode, with its <c>begin</c> line or without.</summary>
internal sealed class UuDecoder : ITransferDecoder
{
    private const int LineBytesMax = 1000;
    private bool _hasEnded;

    public void Decode(ReadOnlySpan<byte> input, bool isLast, Span<byte> output, out int consumed, out int written)
    {
        consumed = 0;
        written = 0;
        while (consumed < input.Length)
        {
            var rest = input[consumed..];
            var end = rest.IndexOf((byte)'\n');
            if (end < 0 && !isLast && rest.Length < LineBytesMax)
            {
                return;
            }

            var line = (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
            consumed += end < 0 ? rest.Length : end + 1;
            written += DecodeLine(line, output[written..]);
        }
    }

    private int DecodeLine(ReadOnlySpan<byte> line, Span<byte> output)
    {
        if (_hasEnded || line.IsEmpty || line.StartsWith("begin "u8) || line[0] is < (byte)' ' or > (byte)'`')
        {
            return 0;
        }

        if (line.SequenceEqual("end"u8) || line[0] is (byte)' ' or (byte)'`')
        {
            _hasEnded = line.SequenceEqual("end"u8) || line.Length == 1;
            return 0;
        }

        var length = (line[0] - ' ') & 63;
        var data = line[1..];
        var written = 0;
        for (var i = 0; i < data.Length && written < length; i += 4)
        {
            int a = At(data, i), b = At(data, i + 1), c = At(data, i + 2), d = At(data, i + 3);
            Put(output, ref written, length, (a << 2) | (b >> 4));
            Put(output, ref written, length, (b << 4) | (c >> 2));
            Put(output, ref written, length, (c << 6) | d);
        }

        return written;
    }

    private static void Put(Span<byte> output, ref int written, int length, int value)
    {
        if (written < length && written < output.Length)
        {
            output[written++] = (byte)value;
        }
    }

    private static int At(ReadOnlySpan<byte> data, int index) => index < data.Length ? (data[index] - ' ') & 63 : 0;
}
