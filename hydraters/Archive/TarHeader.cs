using System.Buffers.Binary;

namespace AnyFetch.Hydraters.Archive;

/// <summary>A header block of a tar archive (POSIX.1-1988 ustar, with GNU's numbers beyond octal).</summary>
internal readonly record struct TarHeader(char Kind, string Path, long Size, DateTimeOffset? ModifiedAt)
{
    internal const int BlockBytes = 512;

    private const int NameBytes = 100;
    private const int SizeAt = 124;
    private const int TimeAt = 136;
    private const int ChecksumAt = 148;
    private const int ChecksumBytes = 8;
    private const int KindAt = 156;
    private const int MagicAt = 257;
    private const int PrefixAt = 345;
    private const int PrefixBytes = 155;

    /// <summary>Whether it tells properties of the entry after it: a long name, or pax records.</summary>
    internal bool Announces => Kind is 'L' or 'K' or 'x' or 'g';

    /// <summary>Links, devices and folders have no content, whatever size they tell.</summary>
    internal bool HasContent => Kind is not (>= '1' and <= '6');

    internal bool IsFile => Kind is '0' or '\0' or '7';

    internal static TarHeader Parse(ReadOnlySpan<byte> block)
    {
        if (!HasChecksum(block))
        {
            throw new InvalidDataException("A header is damaged.");
        }

        var name = MemberNames.Decode(Text(block[..NameBytes]));
        var isUstar = block[MagicAt..].StartsWith("ustar\0"u8);
        var prefix = isUstar ? MemberNames.Decode(Text(block.Slice(PrefixAt, PrefixBytes))) : "";
        return new TarHeader(
            (char)block[KindAt],
            prefix.Length > 0 ? prefix + "/" + name : name,
            Number(block.Slice(SizeAt, 12)),
            TarProperties.Time(Number(block.Slice(TimeAt, 12))));
    }

    /// <summary>The sum of all bytes, the checksum itself read as blanks. Some old programs summed signed bytes.</summary>
    internal static bool HasChecksum(ReadOnlySpan<byte> block)
    {
        var field = Text(block.Slice(ChecksumAt, ChecksumBytes));
        if (field.IndexOfAnyInRange((byte)'0', (byte)'7') < 0)
        {
            return false;
        }

        long sum = 0, signedSum = 0;
        for (var i = 0; i < BlockBytes; i++)
        {
            var value = i is >= ChecksumAt and < ChecksumAt + ChecksumBytes ? (byte)' ' : block[i];
            sum += value;
            signedSum += (sbyte)value;
        }

        var told = Octal(field);
        return told == sum || told == signedSum;
    }

    private static long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) == 0)
        {
            return Octal(Text(field));
        }

        // Base 256: the lower eight bytes hold all sizes that exist.
        var value = BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
        return value >= 0 ? value : throw new InvalidDataException("A number in a header is negative.");
    }

    private static long Octal(ReadOnlySpan<byte> text)
    {
        long value = 0;
        foreach (var digit in text.Trim((byte)' '))
        {
            value = digit is >= (byte)'0' and <= (byte)'7'
                ? value * 8 + (digit - '0')
                : throw new InvalidDataException("A number in a header is none.");
        }

        return value;
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field) =>
        field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field;
}
