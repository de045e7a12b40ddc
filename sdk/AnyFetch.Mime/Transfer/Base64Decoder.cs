namespace AnyFetch.Mime.Transfer;

/// <summary>
/// Base64 (RFC 2045 §6.8). Everything outside its alphabet is skipped; padding ends a group and another may follow.
/// </summary>
internal sealed class Base64Decoder : ITransferDecoder
{
    private static readonly sbyte[] Values = MakeValues();

    private int _bits;
    private int _count;

    public void Decode(ReadOnlySpan<byte> input, bool isLast, Span<byte> output, out int consumed, out int written)
    {
        written = 0;
        foreach (var b in input)
        {
            var value = Values[b];
            if (value >= 0)
            {
                _bits = (_bits << 6) | (byte)value;
                _count += 6;
                if (_count >= 8)
                {
                    _count -= 8;
                    output[written++] = (byte)(_bits >> _count);
                    _bits &= (1 << _count) - 1;
                }
            }
            else if (b == '=')
            {
                _bits = 0;
                _count = 0;
            }
        }

        consumed = input.Length;
    }

    private static sbyte[] MakeValues()
    {
        var values = new sbyte[256];
        Array.Fill(values, (sbyte)-1);
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (var i = 0; i < Alphabet.Length; i++)
        {
            values[Alphabet[i]] = (sbyte)i;
        }

        // The alphabet of URLs, which some programs use by mistake.
        values['-'] = 62;
        values['_'] = 63;
        return values;
    }
}
