using System.Globalization;
using System.Text;

namespace AnyFetch.Hydrater.Text;

/// <summary>
/// Judges how plausible text is in an old encoding: decoded non-ASCII characters that form words of one script count for it,
/// symbols in the middle of words and undecodable bytes against it. Scores are between -1 and 1.
/// </summary>
internal static class LegacyCharsets
{
    private static readonly int[] Cyrillic = [1251, 20866];
    private static readonly int[] EastAsian = [932, 51932, 54936, 950, 51949];

    internal static IEnumerable<(int CodePage, double Score)> Scores(ReadOnlySpan<byte> sample)
    {
        var scores = new List<(int, double)>();
        foreach (var codePage in Cyrillic)
        {
            scores.Add((codePage, CyrillicScore(Decode(codePage, sample))));
        }

        foreach (var codePage in EastAsian)
        {
            scores.Add((codePage, EastAsianScore(Decode(codePage, sample), codePage)));
        }

        return scores;
    }

    /// <summary>Western text: accented letters next to plain ones.</summary>
    internal static double WesternScore(ReadOnlySpan<byte> sample)
    {
        var text = Decode(1252, sample);
        int good = 0, all = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] < 0x80)
            {
                continue;
            }

            all++;
            var isByPlainLetter = (i > 0 && char.IsAsciiLetter(text[i - 1]))
                || (i + 1 < text.Length && char.IsAsciiLetter(text[i + 1]));
            var isLetter = char.IsLetter(text[i]);
            good += isLetter == isByPlainLetter || !isLetter && text[i] is not '\ufffd' && !char.IsControl(text[i]) ? 1 : 0;
        }

        return all == 0 ? 1 : (double)good / all * 0.9;
    }

    private static double CyrillicScore(string text)
    {
        int good = 0, all = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < 0x80)
            {
                continue;
            }

            all++;
            var isCyrillic = c is >= '\u0400' and <= '\u04ff';
            var previous = i > 0 ? text[i - 1] : ' ';
            // Capitals inside words are what the wrong one of the two Cyrillic encodings gives.
            var isOdd = char.IsUpper(c) && char.IsLower(previous) || char.IsAsciiLetter(previous);
            good += isCyrillic && !isOdd ? 1 : 0;
        }

        return all < 4 ? -1 : (double)good / all;
    }

    private static double EastAsianScore(string text, int codePage)
    {
        int common = 0, kana = 0, all = 0, bad = 0;
        foreach (var c in text)
        {
            if (c < 0x80)
            {
                continue;
            }

            all++;
            bad += c == '\ufffd' || char.GetUnicodeCategory(c) == UnicodeCategory.PrivateUse || c is >= '\uff61' and <= '\uff9f'
                ? 1 : 0;
            kana += c is >= '\u3040' and <= '\u30ff' ? 1 : 0;
            common += c is >= '\u4e00' and <= '\u9fff' or >= '\uac00' and <= '\ud7a3' or >= '\u3000' and <= '\u30ff'
                or >= '\uff00' and <= '\uff60' ? 1 : 0;
        }

        if (all < 4 || bad * 50 > all)
        {
            return -1;
        }

        var hasScript = codePage switch
        {
            932 or 51932 => kana * 5 > all,
            51949 => text.Count(c => c is >= '\uac00' and <= '\ud7a3') * 2 > all,
            _ => kana * 20 < all && HasFrequentHan(text, all),
        };
        return hasScript ? (double)common / all : -1;
    }

    /// <summary>Real Chinese text holds some of the most frequent characters; misread text hardly ever does.</summary>
    private static bool HasFrequentHan(string text, int all)
    {
        const string Frequent = "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於";
        return text.Count(c => Frequent.Contains(c, StringComparison.Ordinal)) * 25 > all;
    }

    private static string Decode(int codePage, ReadOnlySpan<byte> sample) => Encoding
        .GetEncoding(codePage, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\ufffd"))
        .GetString(sample);
}
