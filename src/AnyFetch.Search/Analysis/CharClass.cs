namespace AnyFetch.Search.Analysis;

/// <summary>What a UTF-16 unit means to the analyser.</summary>
internal enum CharClass : byte
{
    Separator,

    /// <summary>A letter, or a mark that changes the meaning of its letter.</summary>
    Word,

    Digit,

    /// <summary>A letter that folds to several, such as œ.</summary>
    Multiple,

    /// <summary>Invisible or an accent: neither part of a word nor its end.</summary>
    Skip,

    /// <summary>Of a script that writes no spaces between words.</summary>
    Ideograph,

    /// <summary>A sign that is a word by itself, such as an emoji.</summary>
    Symbol,

    /// <summary>Half of a character outside the basic plane.</summary>
    Surrogate,
}
