using System.Runtime.Intrinsics;

namespace AnyFetch.Search.Segments;

/// <summary>
/// Packs 128 numbers with the same number of bits each. Four lanes run side by side: number i stands in lane
/// i mod 4, so that one vector operation unpacks four.
/// </summary>
internal static unsafe class BitPacking
{
    /// <summary>Numbers in a block.</summary>
    public const int BlockSize = 128;

    private const int Rows = BlockSize / 4;

    /// <summary>Bytes of a packed block.</summary>
    public static int ByteCount(int bits) => bits * 16;

    public static void Pack(ReadOnlySpan<int> values, int bits, Span<byte> target)
    {
        if (bits == 0)
            return;
        fixed (int* source = values)
        fixed (byte* bytes = target)
        {
            var to = (uint*)bytes;
            var current = Vector128<uint>.Zero;
            var shift = 0;
            for (var row = 0; row < Rows; row++)
            {
                var value = Vector128.Load((uint*)source + row * 4);
                current |= Vector128.ShiftLeft(value, shift);
                shift += bits;
                if (shift < 32)
                    continue;
                current.Store(to);
                to += 4;
                shift -= 32;
                current = shift > 0 ? Vector128.ShiftRightLogical(value, bits - shift) : Vector128<uint>.Zero;
            }
        }
    }

    /// <summary>Unpacks a block from trusted memory of <see cref="ByteCount"/> bytes.</summary>
    public static void Unpack(byte* source, int bits, int* target)
    {
        if (bits == 0)
        {
            new Span<int>(target, BlockSize).Clear();
            return;
        }

        var mask = Vector128.Create(bits == 32 ? uint.MaxValue : (1u << bits) - 1);
        var from = (uint*)source;
        var current = Vector128.Load(from);
        var shift = 0;
        for (var row = 0; row < Rows; row++)
        {
            var value = Vector128.ShiftRightLogical(current, shift);
            shift += bits;
            if (shift >= 32)
            {
                shift -= 32;
                if (row < Rows - 1)
                {
                    from += 4;
                    current = Vector128.Load(from);
                }

                if (shift > 0)
                    value |= Vector128.ShiftLeft(current, bits - shift);
            }

            (value & mask).Store((uint*)target + row * 4);
        }
    }
}
