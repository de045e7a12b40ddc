using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AnyFetch.Search.Segments;

/// <summary>Tells which of a block's rows are wanted, without a branch for each that nobody could foretell.</summary>
internal static unsafe class WantedPlaces
{
    /// <summary>Finds the wanted rows.</summary>
    /// <param name="rows">At most a block of them.</param>
    /// <param name="start">The first of the rows that bits tell of.</param>
    /// <param name="wanted">A bit for each of these; others are not wanted.</param>
    /// <param name="places">Gets a bit for each of the rows, by its place.</param>
    public static void Find(ReadOnlySpan<int> rows, int start, ReadOnlySpan<ulong> wanted, Span<ulong> places)
    {
        if (rows.Length == BitPacking.BlockSize && Avx2.IsSupported)
        {
            fixed (int* first = rows)
            fixed (ulong* bits = wanted)
            {
                for (var word = 0; word < places.Length; word++)
                    places[word] = Find(first + word * 64, start, (int*)bits, wanted.Length * 64);
            }

            return;
        }

        places.Clear();
        for (var place = 0; place < rows.Length; place++)
        {
            var at = rows[place] - start;
            if ((uint)at < (uint)wanted.Length * 64)
                places[place >> 6] |= ((wanted[at >> 6] >> at) & 1) << place;
        }
    }

    /// <summary>A bit for each of 64 rows, eight looked up at once.</summary>
    private static ulong Find(int* rows, int start, int* bits, int count)
    {
        var found = 0UL;
        for (var first = 0; first < 64; first += Vector256<int>.Count)
        {
            var at = Vector256.Load(rows + first) - Vector256.Create(start);
            var isIn = Vector256.LessThan(at.AsUInt32(), Vector256.Create((uint)count)).AsInt32();
            var words = Avx2.GatherMaskVector256(Vector256<int>.Zero, bits, at >>> 5, isIn, sizeof(int));
            words = Avx2.ShiftLeftLogicalVariable(words, (Vector256.Create(31) - (at & Vector256.Create(31))).AsUInt32());
            found |= (ulong)words.ExtractMostSignificantBits() << first;
        }

        return found;
    }
}
