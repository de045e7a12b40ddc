using System.Text;

namespace AnyFetch.Mime.Charsets;

/// <summary>
/// UTF-7 (RFC 2152). .NET leaves it out because it can hide markup from those who look at the bytes; here it is only
/// decoded, and
/// whoever shows the text looks at what came out.
/// </summary>
internal static class Utf7
{
    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        var output = new StringBuilder(bytes.Length);
        var i = 0;
        while (i < bytes.Length)
        {
            if (bytes[i] != '+')
            {
                output.Append(bytes[i] < 0x80 ? (char)bytes[i] : '\ufffd');
                i++;
                continue;
            }

            i++;
            if (i < bytes.Length && bytes[i] == '-')
            {
                output.Append('+');
                i++;
                continue;
            }

            i = DecodeShifted(bytes, i, output);
        }

        return output.ToString();
    }

    private static int DecodeShifted(ReadOnlySpan<byte> bytes, int at, StringBuilder output)
    {
        int bits = 0, count = 0;
        while (at < bytes.Length && ValueOf(bytes[at]) is >= 0 and var value)
        {
            bits = ((bits << 6) | value) & 0x3fffff;
            count += 6;
            if (count >= 16)
            {
                count -= 16;
                output.Append((char)((bits >> count) & 0xffff));
            }

            at++;
        }

        return at < bytes.Length && bytes[at] == '-' ? at + 1 : at;
    }

    private static int ValueOf(byte b) => b switch
    {
        >= (byte)'A' and <= (byte)'Z' => b - 'A',
        >= (byte)'a' and <= (byte)'z' => b - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => b - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}
