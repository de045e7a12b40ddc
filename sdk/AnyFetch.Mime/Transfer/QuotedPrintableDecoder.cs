namespace AnyFetch.Mime.Transfer;

/// <summary>Quoted-printable (RFC 2045 §6.7). An equals sign that begins nothing known stays one.</summary>
internal sealed class QuotedPrintableDecoder : ITransferDecoder
{
    private const int BlanksMax = 80;

    public void Decode(ReadOnlySpan<byte> input, bool isLast, Span<byte> output, out int consumed, out int written)
    {
        int i = 0, length = 0;
        while (i < input.Length)
        {
            var next = input[i..].IndexOf((byte)'=');
            var plain = next < 0 ? input.Length - i : next;
            input.Slice(i, plain).CopyTo(output[length..]);
            i += plain;
            length += plain;
            if (next < 0)
            {
                break;
            }

            var used = Escape(input[i..], isLast, out var value);
            if (used == 0)
            {
                break;
            }

            if (value >= 0)
            {
                output[length++] = (byte)value;
            }

            i += used;
        }

        consumed = i;
        written = length;
    }

    /// <summary>
    /// How many bytes an escape takes, 0 when more must be seen; the value is -1 for a soft line break.
    /// </summary>
    private static int Escape(ReadOnlySpan<byte> input, bool isLast, out int value)
    {
        value = '=';
        if (input.Length >= 3 && char.IsAsciiHexDigit((char)input[1]) && char.IsAsciiHexDigit((char)input[2]))
        {
            value = (Hex(input[1]) << 4) | Hex(input[2]);
            return 3;
        }

        var i = 1;
        while (i < input.Length && i < BlanksMax && input[i] is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            i++;
        }

        if (i < input.Length && i < BlanksMax)
        {
            if (input[i] == '\n')
            {
                value = -1;
                return i + 1;
            }

            var mayBeHex = i == 1 && input.Length == 2 && char.IsAsciiHexDigit((char)input[1]);
            return mayBeHex && !isLast ? 0 : 1;
        }

        if (i >= BlanksMax)
        {
            return 1;
        }

        if (isLast)
        {
            value = -1;
            return input.Length;
        }

        return 0;
    }

    private static int Hex(byte b) => b <= '9' ? b - '0' : (b | 0x20) - 'a' + 10;
}
