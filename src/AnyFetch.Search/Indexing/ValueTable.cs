namespace AnyFetch.Search.Indexing;

/// <summary>
/// Numbers for values of which few differ, in the order in which they came. One writer; readers see a list that
/// only grows.
/// </summary>
internal sealed class ValueTable<T>
    where T : struct, IEquatable<T>
{
    private readonly Dictionary<T, int> _numbers = [];
    private volatile T[] _values = new T[16];
    private volatile int _count;

    public int Count => _count;

    public T this[int number] => _values[number];

    /// <summary>The number of a value, a new one if need be. Called by the writer only.</summary>
    public int Intern(T value)
    {
        if (_numbers.TryGetValue(value, out var number))
            return number;
        number = _count;
        if (number == _values.Length)
        {
            var grown = new T[number * 2];
            Array.Copy(_values, grown, number);
            _values = grown;
        }

        _values[number] = value;
        _numbers.Add(value, number);
        _count = number + 1;
        return number;
    }

    /// <summary>For each number, whether its value is among those wanted.</summary>
    public bool[] Mark(IReadOnlyCollection<T> wanted)
    {
        var marks = new bool[_count];
        var set = wanted.ToHashSet();
        for (var i = 0; i < marks.Length; i++)
            marks[i] = set.Contains(_values[i]);
        return marks;
    }
}
