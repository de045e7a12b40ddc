namespace AnyFetch.Search.Analysis;

/// <summary>How a word is built from letters, digits and capitals: tells numbers and identifiers.</summary>
internal struct WordShape
{
    private bool _hasLetter;
    private bool _hasDigit;
    private bool _wasLower;
    private bool _wasDigit;
    private int _capitalJumps;
    private int _digitJumps;

    /// <summary>Only digits.</summary>
    public readonly bool IsDigits => _hasDigit && !_hasLetter;

    /// <summary>
    /// Reads as several words: <c>getUserName</c>, <c>invoice2014</c>. Codes that go to and fro between letters
    /// and digits (hashes, ids) are left whole.
    /// </summary>
    public readonly bool HasParts => _digitJumps <= 1 && (_capitalJumps > 0 || _digitJumps > 0);

    public void Add(char c, CharClass kind)
    {
        if (kind == CharClass.Skip)
            return;
        var isDigit = kind == CharClass.Digit;
        if ((_hasLetter || _hasDigit) && isDigit != _wasDigit)
            _digitJumps++;
        if (_wasLower && c is >= 'A' and <= 'Z')
            _capitalJumps++;
        _wasLower = c is >= 'a' and <= 'z';
        _wasDigit = isDigit;
        _hasDigit |= isDigit;
        _hasLetter |= !isDigit;
    }
}
