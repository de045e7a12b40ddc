using System.Numerics;
using System.Runtime.CompilerServices;

namespace AnyFetch.Search.Segments;

/// <summary>
/// Rice's code for the distances of short lists: a number without its lowest bits as so many zeros and a one, then those
/// bits. It comes near to what distances take at best, without bytes to round to.
/// </summary>
internal static class RiceCode
{
    /// <summary>Most low bits.</summary>
    public const int LowBitsMax = 30;

    /// <summary>So many zeros and a one announce a number of 32 bits as it is.</summary>
    private const int EscapeZeros = 24;

    private const int WholeBits = 32;

    /// <summary>How many low bits make some numbers shortest, nearly.</summary>
    public static int ChooseLowBits(ReadOnlySpan<int> values)
    {
        var sum = 0L;
        foreach (var value in values)
            sum += value;
        var mean = (ulong)(sum / Math.Max(values.Length, 1));
        var guess = mean == 0 ? 0 : Math.Min(BitOperations.Log2(mean), LowBitsMax);
        return Bits(values, guess) <= Bits(values, Math.Max(guess - 1, 0)) ? guess : guess - 1;
    }

    /// <summary>Fewer numbers are written as varints: choosing a code would cost more than it saves.</summary>
    public const int NumbersMin = 6;

    /// <summary>Writes some numbers, whose count somebody else must know.</summary>
    public static void Write(ByteSink sink, ReadOnlySpan<int> values)
    {
        if (values.Length < NumbersMin)
        {
            foreach (var value in values)
                sink.WriteVarint((ulong)value);
            return;
        }

        var lowBits = ChooseLowBits(values);
        sink.Write((byte)lowBits);
        var writer = new Writer(sink);
        foreach (var value in values)
            writer.Write(value, lowBits);
        writer.End();
    }

    /// <summary>Reads as many numbers as there is room for, from trusted memory; at least eight bytes must follow them.</summary>
    public static unsafe void Read(byte* at, Span<int> values)
    {
        if (values.Length < NumbersMin)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = (int)Varint.Read(ref at);
            return;
        }

        new Reader(at + 1).Read(at[0], values);
    }

    private static long Bits(ReadOnlySpan<int> values, int lowBits)
    {
        var bits = 0L;
        foreach (var value in values)
            bits += value >> lowBits < EscapeZeros ? (value >> lowBits) + 1 + lowBits : EscapeZeros + 1 + WholeBits;
        return bits;
    }

    /// <summary>Writes numbers one behind the other.</summary>
    public struct Writer(ByteSink sink)
    {
        private ulong _bits;
        private int _count;

        public void Write(int value, int lowBits)
        {
            var zeros = value >> lowBits;
            if (zeros < EscapeZeros)
            {
                Append(1UL << zeros, zeros + 1);
                Append((ulong)value & ((1UL << lowBits) - 1), lowBits);
                return;
            }

            Append(1UL << EscapeZeros, EscapeZeros + 1);
            Append((uint)value, WholeBits);
        }

        /// <summary>Fills the last byte up.</summary>
        public void End()
        {
            if (_count > 0)
                sink.Write((byte)_bits);
            (_bits, _count) = (0, 0);
        }

        private void Append(ulong bits, int count)
        {
            _bits |= bits << _count;
            _count += count;
            for (; _count >= 8; _count -= 8, _bits >>= 8)
                sink.Write((byte)_bits);
        }
    }

    /// <summary>Reads numbers from trusted memory; at least eight bytes must follow them.</summary>
    public unsafe struct Reader(byte* start)
    {
        private long _bit;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Read(int lowBits)
        {
            var window = Unsafe.ReadUnaligned<ulong>(start + (_bit >> 3)) >> (int)(_bit & 7);
            var zeros = BitOperations.TrailingZeroCount(window);
            window >>= zeros + 1;
            if (zeros == EscapeZeros)
            {
                _bit += EscapeZeros + 1 + WholeBits;
                return (int)(uint)window;
            }

            _bit += zeros + 1 + lowBits;
            return zeros << lowBits | (int)(window & ((1UL << lowBits) - 1));
        }

        /// <summary>Reads so many numbers with the same low bits, as many as there are in a word without looking at memory.</summary>
        public void Read(int lowBits, Span<int> values)
        {
            var mask = (1UL << lowBits) - 1;
            for (var i = 0; i < values.Length;)
            {
                var shift = (int)(_bit & 7);
                var window = Unsafe.ReadUnaligned<ulong>(start + (_bit >> 3)) >> shift;
                var left = 64 - shift;
                var first = i;
                for (; i < values.Length; i++)
                {
                    // A word without a one has 64 zeros, which are more than are left.
                    var zeros = BitOperations.TrailingZeroCount(window);
                    var bits = zeros + 1 + lowBits;
                    if (bits > left || zeros >= EscapeZeros)
                        break;
                    values[i] = zeros << lowBits | (int)(window >> (zeros + 1) & mask);
                    window >>= bits;
                    left -= bits;
                }

                _bit += 64 - shift - left;
                if (i == first)
                    values[i++] = Read(lowBits);
            }
        }
    }
}
