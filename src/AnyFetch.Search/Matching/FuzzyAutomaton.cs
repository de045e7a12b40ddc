namespace AnyFetch.Search.Matching;

/// <summary>
/// Decides which of many terms, given in order, are at most so many mistakes away from one: the rows of the
/// Damerau-Levenshtein table (optimal string alignment) are the states. Terms that begin alike share the states of their
/// beginning, and one whose beginning is too far away already is passed over without a look at the rest.
/// </summary>
internal sealed class FuzzyAutomaton
{
    private readonly string _wanted;
    private readonly int _edits;
    private readonly int[][] _states;
    private readonly char[] _before;
    private int _length;
    private int _valid;
    private int _hopeless = int.MaxValue;

    /// <param name="pattern">What is looked for.</param>
    /// <param name="charsMax">Longest term that is asked about, in characters.</param>
    public FuzzyAutomaton(FuzzyPattern pattern, int charsMax)
    {
        (_wanted, _edits) = (pattern.Term, pattern.Edits);
        _before = new char[charsMax];
        _states = new int[charsMax + 1][];
        for (var i = 0; i <= charsMax; i++)
            _states[i] = new int[_wanted.Length + 1];
        for (var j = 0; j <= _wanted.Length; j++)
            _states[0][j] = j;
    }

    /// <summary>With so many letters of the last term no term begins that is near enough; <see cref="int.MaxValue"/> when one may.</summary>
    public int HopelessChars => _hopeless;

    /// <summary>True when the term is near enough. Its first letter is not looked at apart from the others.</summary>
    public bool IsMatch(ReadOnlySpan<char> term)
    {
        var shared = term.CommonPrefixLength(_before.AsSpan(0, _length));
        if (shared >= _hopeless)
            return false;
        term.CopyTo(_before);
        _length = term.Length;
        _hopeless = int.MaxValue;
        for (var i = Math.Min(shared, _valid); i < term.Length; i++)
        {
            _valid = i + 1;
            if (Step(term, i) <= _edits)
                continue;
            _hopeless = i + 1;
            return false;
        }

        _valid = term.Length;
        return _states[term.Length][^1] <= _edits;
    }

    /// <summary>Computes the state after one more letter; returns how near any end can still be.</summary>
    private int Step(ReadOnlySpan<char> term, int at)
    {
        var last = _states[at];
        var next = _states[at + 1];
        var least = next[0] = at + 1;
        for (var j = 1; j < next.Length; j++)
        {
            var cost = Math.Min(Math.Min(last[j], next[j - 1]) + 1, last[j - 1] + (_wanted[j - 1] == term[at] ? 0 : 1));
            if (at > 0 && j > 1 && _wanted[j - 1] == term[at - 1] && _wanted[j - 2] == term[at])
                cost = Math.Min(cost, _states[at - 1][j - 2] + 1);
            next[j] = cost;
            least = Math.Min(least, cost);
        }

        // Two letters that change places cost one together: the state before may reach the end nearer than this one.
        return at == 0 ? least : Math.Min(least, Least(last));
    }

    private static int Least(int[] state)
    {
        var least = int.MaxValue;
        foreach (var cost in state)
            least = Math.Min(least, cost);
        return least;
    }
}
