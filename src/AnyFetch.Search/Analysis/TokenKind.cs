namespace AnyFetch.Search.Analysis;

/// <summary>What a term is to the text that it comes from.</summary>
internal enum TokenKind : byte
{
    /// <summary>The next word: the words of a text follow one another without gap.</summary>
    Word,

    /// <summary>
    /// Another way to find what was just read (a part of an identifier, a number without separators). It takes no
    /// place among the words, and begins a sequence of its own.
    /// </summary>
    AliasStart,

    /// <summary>The next term of the alias that was begun.</summary>
    AliasNext,
}
