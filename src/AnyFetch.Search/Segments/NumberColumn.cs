using System.Runtime.CompilerServices;

namespace AnyFetch.Search.Segments;

/// <summary>Small numbers of all rows, in as few bytes as the largest needs: 0 (all the same), 1, 2 or 4.</summary>
internal readonly unsafe struct NumberColumn
{
    private readonly byte* _values;
    private readonly int _width;

    /// <summary>Reads a column from trusted memory.</summary>
    public NumberColumn(byte* at)
    {
        First = Unsafe.ReadUnaligned<int>(at);
        Last = Unsafe.ReadUnaligned<int>(at + sizeof(int));
        _width = Width(First, Last);
        _values = at + 2 * sizeof(int);
    }

    /// <summary>The least number.</summary>
    public int First { get; }

    /// <summary>The largest number.</summary>
    public int Last { get; }

    /// <summary>The number of a row.</summary>
    public int this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _width switch
        {
            1 => First + _values[row],
            2 => First + ((ushort*)_values)[row],
            4 => First + ((int*)_values)[row],
            _ => First,
        };
    }

    /// <summary>Writes a column.</summary>
    public static void Write(ByteSink sink, ReadOnlySpan<int> values)
    {
        var first = int.MaxValue;
        var last = int.MinValue;
        foreach (var value in values)
            (first, last) = (Math.Min(first, value), Math.Max(last, value));
        if (values.IsEmpty)
            first = last = 0;
        var width = Width(first, last);
        Unsafe.WriteUnaligned(ref sink.Take(sizeof(int))[0], first);
        Unsafe.WriteUnaligned(ref sink.Take(sizeof(int))[0], last);
        if (width == 0)
            return;
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        foreach (var value in values)
        {
            Unsafe.WriteUnaligned(ref bytes[0], value - first);
            sink.Write(bytes[..width]);
        }
    }

    private static int Width(int first, int last) =>
        (last - first) switch { 0 => 0, <= byte.MaxValue => 1, <= ushort.MaxValue => 2, _ => 4 };
}
