using System.Collections.Frozen;

namespace AnyFetch.Search.Analysis;

/// <summary>
/// The little words of English and French, folded. They are searched like any other; two marked words with only
/// these between them share one mark (search-and-projection §1.5).
/// </summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> s_words = Stemmed(
        "a an and are as at be by for from has in is it its of on or that the this to was were will with "
        + "au aux ce ces dans de des du elle en est et il ils la le les leur mais ne nous on ou par pas pour que qui "
        + "sa se ses son sur un une vos votre vous");

    /// <summary>True for a term, as the analyser gives it.</summary>
    public static bool Contains(string term) => s_words.Contains(term);

    private static FrozenSet<string> Stemmed(string words) =>
        Token.Read(words).Select(token => token.Term).ToFrozenSet(StringComparer.Ordinal);
}
