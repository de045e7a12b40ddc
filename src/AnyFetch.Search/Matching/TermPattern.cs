namespace AnyFetch.Search.Matching;

/// <summary>Chooses terms of the index.</summary>
internal abstract record TermPattern
{
    /// <summary>What every chosen term starts with.</summary>
    public abstract string LiteralPrefix { get; }

    public abstract bool IsMatch(ReadOnlySpan<char> term);
}

/// <summary><c>?</c> stands for one character, <c>*</c> for any number.</summary>
internal sealed record WildcardPattern(string Pattern) : TermPattern
{
    public override string LiteralPrefix =>
        Pattern.IndexOfAny(['*', '?']) is var first and >= 0 ? Pattern[..first] : Pattern;

    public override bool IsMatch(ReadOnlySpan<char> term)
    {
        int at = 0, i = 0, star = -1, resume = 0;
        while (i < term.Length)
        {
            if (at < Pattern.Length && (Pattern[at] == '?' || Pattern[at] == term[i]))
            {
                at++;
                i++;
            }
            else if (at < Pattern.Length && Pattern[at] == '*')
            {
                star = at++;
                resume = i;
            }
            else if (star >= 0)
            {
                // The star takes one character more, and the rest is tried again.
                at = star + 1;
                i = ++resume;
            }
            else
            {
                return false;
            }
        }

        return Pattern.AsSpan(at).IndexOfAnyExcept('*') < 0;
    }
}

/// <summary>
/// At most so many mistakes away (a letter missing, added, changed, or two swapped). The first letter must be right,
/// as it nearly always is; it bounds how much of the vocabulary is looked at.
/// </summary>
internal sealed record FuzzyPattern(string Term, int Edits) : TermPattern
{
    public override string LiteralPrefix => Term[..(char.IsHighSurrogate(Term[0]) ? 2 : 1)];

    /// <summary>Two mistakes in a long word, one in a short one, none in two letters.</summary>
    public static int DefaultEdits(string term) => term.Length < 3 ? 0 : term.Length < 6 ? 1 : 2;

    public override bool IsMatch(ReadOnlySpan<char> term)
    {
        if (Math.Abs(term.Length - Term.Length) > Edits || !term.StartsWith(LiteralPrefix, StringComparison.Ordinal))
            return false;
        Span<int> before = stackalloc int[term.Length + 1];
        Span<int> last = stackalloc int[term.Length + 1];
        Span<int> current = stackalloc int[term.Length + 1];
        for (var j = 0; j <= term.Length; j++)
            last[j] = j;
        for (var i = 1; i <= Term.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= term.Length; j++)
            {
                var cost = Math.Min(
                    Math.Min(last[j], current[j - 1]) + 1, last[j - 1] + (Term[i - 1] == term[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && Term[i - 1] == term[j - 2] && Term[i - 2] == term[j - 1])
                    cost = Math.Min(cost, before[j - 2] + 1);
                current[j] = cost;
            }

            var oldest = before;
            before = last;
            last = current;
            current = oldest;
        }

        return last[term.Length] <= Edits;
    }
}
