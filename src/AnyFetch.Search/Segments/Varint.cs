using System.Numerics;
using System.Runtime.CompilerServices;

namespace AnyFetch.Search.Segments;

/// <summary>Numbers of seven bits a byte, the lowest first; the last byte has its high bit clear.</summary>
internal static unsafe class Varint
{
    /// <summary>Most bytes of a number of 64 bits.</summary>
    public const int BytesMax = 10;

    private const ulong HighBits = 0x8080808080808080;

    /// <summary>Reads from trusted memory and moves behind what was read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Read(ref byte* at)
    {
        uint value = *at++;
        return value < 0x80 ? value : ReadRest(value & 0x7F, ref at);
    }

    public static ulong Read64(ref byte* at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = *at++;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }

    /// <summary>Writes and returns how many bytes it took.</summary>
    public static int Write(Span<byte> target, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            target[length++] = (byte)(value | 0x80);
        target[length++] = (byte)value;
        return length;
    }

    /// <summary>The place behind so many numbers.</summary>
    public static byte* Skip(byte* at, int count, byte* end)
    {
        while (count > 8 && end - at >= sizeof(ulong))
        {
            count -= sizeof(ulong) - BitOperations.PopCount(Unsafe.ReadUnaligned<ulong>(at) & HighBits);
            at += sizeof(ulong);
        }

        for (; count > 0; count--)
        {
            while (*at++ >= 0x80)
            {
            }
        }

        return at;
    }

    private static uint ReadRest(uint value, ref byte* at)
    {
        for (var shift = 7; ; shift += 7)
        {
            uint next = *at++;
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
