using System.Text;

namespace AnyFetch.Hydraters.Archive;

/// <summary>
/// Reads the names that no archive tells the encoding of: plain ASCII as it is, every other byte as a character of a private
/// area that no name has. So they cannot be taken for names that were read already, as characters of Latin-1 could.
/// </summary>
internal sealed class ByteNames : Encoding
{
    private const int FirstHighByte = 0x80;

    /// <summary>What a byte of 0 would be; the area of bytes from 0x80 on ends at U+F7FF.</summary>
    private const int Area = 0xf700;

    internal static readonly ByteNames Instance = new();

    /// <summary>Whether something in the name is still a byte.</summary>
    internal static bool IsUndecoded(string name) => name.Any(IsByte);

    public override int GetByteCount(char[] chars, int index, int count) => count;

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)
    {
        for (var n = 0; n < charCount; n++)
        {
            var letter = chars[charIndex + n];
            bytes[byteIndex + n] = IsByte(letter) ? (byte)(letter - Area) : letter < FirstHighByte ? (byte)letter : (byte)'?';
        }

        return charCount;
    }

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        for (var n = 0; n < byteCount; n++)
        {
            var value = bytes[byteIndex + n];
            chars[charIndex + n] = value < FirstHighByte ? (char)value : (char)(Area + value);
        }

        return byteCount;
    }

    private static bool IsByte(char letter) => letter is >= (char)(Area + FirstHighByte) and <= (char)(Area + byte.MaxValue);
}
