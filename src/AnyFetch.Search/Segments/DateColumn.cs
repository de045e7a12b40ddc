using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AnyFetch.Search.Segments;

/// <summary>
/// Dates of all rows in UTC ticks: as seconds, milliseconds or ticks from the first of them, whichever is exact, in as few
/// bytes as the last one needs.
/// </summary>
internal readonly unsafe struct DateColumn
{
    private static readonly long[] s_units = [TimeSpan.TicksPerSecond, TimeSpan.TicksPerMillisecond, 1];

    private readonly byte* _values;
    private readonly long _first;
    private readonly long _unit;
    private readonly int _width;
    private readonly ulong _mask;

    /// <summary>Reads a column from trusted memory, which eight bytes must follow.</summary>
    public DateColumn(byte* at)
    {
        _first = Unsafe.ReadUnaligned<long>(at);
        _unit = Unsafe.ReadUnaligned<long>(at + 8);
        _width = Unsafe.ReadUnaligned<int>(at + 16);
        _mask = _width == sizeof(ulong) ? ulong.MaxValue : (1UL << (8 * _width)) - 1;
        _values = at + HeaderBytes;
    }

    private const int HeaderBytes = 24;

    /// <summary>The date of a row.</summary>
    public long this[int row] => ToTicks(Stored(row));

    /// <summary>The date as it is stored; in the order of dates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Stored(int row) => (long)(Unsafe.ReadUnaligned<ulong>(_values + (long)row * _width) & _mask);

    /// <summary>The date of what is stored.</summary>
    public long ToTicks(long stored) => _first + stored * _unit;

    /// <summary>Writes a column.</summary>
    public static void Write(ByteSink sink, ReadOnlySpan<long> ticks)
    {
        var first = ticks.IsEmpty ? 0 : long.MaxValue;
        foreach (var one in ticks)
            first = Math.Min(first, one);
        var unit = Unit(ticks, first);
        var last = 0L;
        foreach (var one in ticks)
            last = Math.Max(last, (one - first) / unit);
        var width = (64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)last) + 7) / 8;
        Span<long> header = [first, unit, width];
        sink.Write(MemoryMarshal.AsBytes(header));
        foreach (var one in ticks)
        {
            var stored = (one - first) / unit;
            sink.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in stored))[..width]);
        }
    }

    private static long Unit(ReadOnlySpan<long> ticks, long first)
    {
        foreach (var unit in s_units)
        {
            var isExact = true;
            foreach (var one in ticks)
                isExact &= (one - first) % unit == 0;
            if (isExact)
                return unit;
        }

        return 1;
    }
}
