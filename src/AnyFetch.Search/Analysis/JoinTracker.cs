using System.Buffers;

namespace AnyFetch.Search.Analysis;

/// <summary>
/// Watches neighbouring words and adds what they make together: <c>e-mail</c> as <c>email</c>, groups of digits as
/// the number that a phone would be called by.
/// </summary>
internal struct JoinTracker
{
    /// <summary>Most words that hyphens join to one.</summary>
    public const int HyphenWordsMax = 3;

    /// <summary>Longest hyphenated compound that is joined, in characters.</summary>
    public const int HyphenCharsMax = 40;

    /// <summary>Fewest digits of a number that is joined: a local phone number.</summary>
    public const int DigitsMin = 7;

    /// <summary>Most digits of a number that is joined (ITU-T E.164).</summary>
    public const int DigitsMax = 15;

    private const int DigitGapCharsMax = 2;

    private static readonly SearchValues<char> s_digitGaps = SearchValues.Create(" .-/()\u00A0\u202F");

    private Chain _hyphens;
    private Chain _digits;

    private struct Chain
    {
        public int Start;
        public int End;
        public int Words;
        public int Digits;

        public void Begin(int start, int end, int digits) =>
            (Start, End, Words, Digits) = (start, end, 1, digits);

        public void Extend(int end, int digits)
        {
            End = end;
            Words++;
            Digits += digits;
        }
    }

    /// <summary>True when the last call used the term buffer.</summary>
    public bool HasTouchedTerm { get; private set; }

    /// <summary>Tells of the next word, before it is emitted.</summary>
    public void Next<TSink>(
        ReadOnlySpan<char> text, int start, int end, bool isDigits,
        TermBuffer term, ref TSink sink, bool isStemmed)
        where TSink : ITokenSink, allows ref struct
    {
        HasTouchedTerm = false;
        if (_hyphens.Words > 0 && start - _hyphens.End == 1 && text[_hyphens.End] is '-' or '\u2010' or '\u2011')
        {
            _hyphens.Extend(end, isDigits ? end - start : 0);
        }
        else
        {
            EmitHyphens(text, term, ref sink, isStemmed);
            _hyphens.Begin(start, end, isDigits ? end - start : 0);
        }

        if (isDigits && _digits.Words > 0 && IsDigitGap(text[_digits.End..start]))
        {
            _digits.Extend(end, end - start);
            return;
        }

        EmitDigits(text, term, ref sink);
        _digits.Words = 0;
        if (isDigits)
            _digits.Begin(start, end, end - start);
    }

    /// <summary>Tells that the text is over.</summary>
    public void End<TSink>(ReadOnlySpan<char> text, TermBuffer term, ref TSink sink, bool isStemmed)
        where TSink : ITokenSink, allows ref struct
    {
        EmitHyphens(text, term, ref sink, isStemmed);
        EmitDigits(text, term, ref sink);
    }

    private void EmitHyphens<TSink>(ReadOnlySpan<char> text, TermBuffer term, ref TSink sink, bool isStemmed)
        where TSink : ITokenSink, allows ref struct
    {
        if (_hyphens.Words is < 2 or > HyphenWordsMax || _hyphens.End - _hyphens.Start > HyphenCharsMax
            || _hyphens.Digits == _hyphens.End - _hyphens.Start - _hyphens.Words + 1)
        {
            return;
        }

        Join(text, _hyphens, term);
        if (isStemmed)
            term.Stem();
        sink.Add(term.Term, _hyphens.Start, _hyphens.End, TokenKind.AliasStart);
    }

    private void EmitDigits<TSink>(ReadOnlySpan<char> text, TermBuffer term, ref TSink sink)
        where TSink : ITokenSink, allows ref struct
    {
        if (_digits.Words < 2 || _digits.Digits is < DigitsMin or > DigitsMax)
            return;
        Join(text, _digits, term);
        sink.Add(term.Term, _digits.Start, _digits.End, TokenKind.AliasStart);
    }

    private void Join(ReadOnlySpan<char> text, Chain chain, TermBuffer term)
    {
        HasTouchedTerm = true;
        term.Clear();
        for (var i = chain.Start; i < chain.End;)
        {
            i = TextAnalyzer.ClassAt(text, i) is CharClass.Word or CharClass.Digit or CharClass.Multiple
                ? term.AppendAt(text, i)
                : i + 1;
        }
    }

    private static bool IsDigitGap(ReadOnlySpan<char> gap) => gap.Length <= DigitGapCharsMax
        && gap.IndexOfAnyExcept(s_digitGaps) < 0;
}
