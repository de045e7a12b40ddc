namespace AnyFetch.Search.Analysis;

/// <summary>
/// Brings singular and plural of English and French words to one form without knowing which language it reads:
/// <c>cities</c> and <c>city</c>, <c>boxes</c> and <c>box</c>, <c>chevaux</c> and <c>cheval</c>. It keeps different
/// words apart rather than catching every ending.
/// </summary>
internal static class Stemmer
{
    /// <summary>Changes a folded word of ASCII letters in place and returns its new length.</summary>
    public static int Stem(Span<byte> word)
    {
        if (word.Length < 3)
            return word.Length;
        if (word[^1] == 'x')
            return FrenchPlural(word);
        var length = HasPluralS(word) ? word.Length - 1 : word.Length;
        return FinalVowel(word[..length]);
    }

    private static bool HasPluralS(ReadOnlySpan<byte> word)
    {
        if (word[^1] != 's' || word[^2] == 's')
            return false;

        // Three letters: CVs and PCs lose it; bus, was and les keep it.
        return word.Length > 3 || !IsVowel(word[1]);
    }

    private static int FrenchPlural(Span<byte> word)
    {
        if (word.Length >= 5 && word.EndsWith("eaux"u8))
            return word.Length - 1;
        if (word.Length >= 6 && word.EndsWith("aux"u8))
        {
            word[^2] = (byte)'l';
            return word.Length - 1;
        }

        return word.Length >= 4 && (word.EndsWith("oux"u8) || word.EndsWith("eux"u8)) ? word.Length - 1 : word.Length;
    }

    /// <summary>Makes <c>party</c>, <c>partie</c> one, and <c>taxe</c>, <c>tax</c>.</summary>
    private static int FinalVowel(Span<byte> word)
    {
        var length = word.Length;
        if (length >= 3 && word[^1] == 'y' && !IsVowel(word[^2]))
        {
            word[^1] = (byte)'i';
            return length;
        }

        if (length < 4 || word[^1] != 'e')
            return length;
        return word[^2] switch
        {
            (byte)'i' or (byte)'x' or (byte)'z' => length - 1,
            (byte)'h' when word[^3] is (byte)'c' or (byte)'s' => length - 1,
            (byte)'s' when word[^3] == 's' => length - 1,
            _ => length,
        };
    }

    private static bool IsVowel(byte letter) =>
        letter is (byte)'a' or (byte)'e' or (byte)'i' or (byte)'o' or (byte)'u' or (byte)'y';
}
