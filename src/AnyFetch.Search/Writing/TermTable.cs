using AnyFetch.Search.Indexing;

namespace AnyFetch.Search.Writing;

/// <summary>Numbers for the different terms of a batch, in the order in which they came.</summary>
internal sealed class TermTable
{
    private const int PlacesMin = 8_192;

    private byte[] _bytes = new byte[1 << 16];
    private int[] _starts = new int[4097];
    private ulong[] _hashes = new ulong[4096];
    private int[] _places = new int[PlacesMin];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int number] => _bytes.AsSpan(_starts[number].._starts[number + 1]);

    /// <summary>The number of a term, a new one if need be.</summary>
    public int Intern(ReadOnlySpan<byte> term)
    {
        var hash = Hash64.Of(term);
        var mask = _places.Length - 1;
        for (var place = (int)hash & mask; ; place = (place + 1) & mask)
        {
            var number = _places[place] - 1;
            if (number < 0)
                return Add(term, hash, place);
            if (_hashes[number] == hash && this[number].SequenceEqual(term))
                return number;
        }
    }

    /// <summary>The numbers in the order of the terms' bytes.</summary>
    public int[] Sorted()
    {
        var order = new int[Count];
        var prefixes = new ulong[Count];
        for (var i = 0; i < Count; i++)
            (order[i], prefixes[i]) = (i, Prefix(this[i]));
        Array.Sort(prefixes, order);
        for (var first = 0; first < Count;)
        {
            var end = first + 1;
            while (end < Count && prefixes[end] == prefixes[first])
                end++;
            if (end - first > 1)
                order.AsSpan(first, end - first).Sort((a, b) => this[a].SequenceCompareTo(this[b]));
            first = end;
        }

        return order;
    }

    /// <summary>Memory of its buffers.</summary>
    public long BufferBytes => _bytes.Length + 4L * _starts.Length + 8L * _hashes.Length + 4L * _places.Length;

    /// <summary>Forgets the terms and keeps the memory, unless little of it was needed: emptying it takes time.</summary>
    public void Clear()
    {
        if (_places.Length > PlacesMin && Count < _places.Length / 16)
            _places = new int[PlacesMin];
        else
            Array.Clear(_places);
        Count = 0;
    }

    /// <summary>The first eight bytes as a number that sorts like them.</summary>
    private static ulong Prefix(ReadOnlySpan<byte> term)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        term[..Math.Min(term.Length, sizeof(ulong))].CopyTo(bytes);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    private int Add(ReadOnlySpan<byte> term, ulong hash, int place)
    {
        var number = Count++;
        if (number == _hashes.Length)
        {
            Array.Resize(ref _starts, number * 2 + 1);
            Array.Resize(ref _hashes, number * 2);
        }

        var start = _starts[number];
        if (start + term.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(start + term.Length, _bytes.Length * 2));
        term.CopyTo(_bytes.AsSpan(start));
        _starts[number + 1] = start + term.Length;
        _hashes[number] = hash;
        _places[place] = number + 1;
        if (Count * 2 > _places.Length)
            GrowPlaces();
        return number;
    }

    private void GrowPlaces()
    {
        _places = new int[_places.Length * 2];
        var mask = _places.Length - 1;
        for (var number = 0; number < Count; number++)
        {
            var place = (int)_hashes[number] & mask;
            while (_places[place] != 0)
                place = (place + 1) & mask;
            _places[place] = number + 1;
        }
    }
}
