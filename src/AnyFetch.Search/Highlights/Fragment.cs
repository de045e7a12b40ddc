using System.Numerics;

namespace AnyFetch.Search.Highlights;

/// <summary>Chooses the part of a long text to show.</summary>
internal static class Fragment
{
    /// <summary>How far a cut may move to fall between words, in characters.</summary>
    private const int AdjustCharsMax = 24;

    /// <summary>
    /// The fragment of about so many characters with the most different terms, then the most matches; the first of equals.
    /// </summary>
    public static (int Start, int End) Best(string text, IReadOnlyList<Span> spans, int charsWanted)
    {
        if (text.Length <= charsWanted)
            return (0, text.Length);
        var best = (First: 0, Last: 0, Score: -1);
        for (int first = 0, last = 0; first < spans.Count; first++)
        {
            last = Math.Max(last, first);
            while (last + 1 < spans.Count && spans[last + 1].End - spans[first].Start <= charsWanted)
                last++;
            var score = Score(spans, first, last);
            if (score > best.Score)
                best = (first, last, score);
        }

        return Around(text, spans[best.First].Start, spans[best.Last].End, charsWanted);
    }

    private static int Score(IReadOnlyList<Span> spans, int first, int last)
    {
        const int SpansCountedMax = 31;
        var terms = 0UL;
        last = Math.Min(last, first + SpansCountedMax - 1);
        for (var i = first; i <= last; i++)
            terms |= spans[i].Terms;
        return BitOperations.PopCount(terms) * (SpansCountedMax + 1) + last - first + 1;
    }

    private static (int Start, int End) Around(string text, int from, int to, int charsWanted)
    {
        var room = Math.Max(0, charsWanted - (to - from));
        var start = Math.Max(0, from - room / 2);
        var end = Math.Min(text.Length, Math.Max(to, start + charsWanted));
        start = Math.Max(0, Math.Min(start, Math.Max(end - charsWanted, 0)));
        start = Math.Min(start, from);
        return (CutBefore(text, start, from), CutAfter(text, end, to));
    }

    /// <summary>The first word's start at or after a place.</summary>
    private static int CutBefore(string text, int start, int limit)
    {
        if (start == 0)
            return 0;
        for (var i = start; i <= limit && i - start <= AdjustCharsMax; i++)
        {
            if (char.IsWhiteSpace(text[i - 1]))
                return i;
        }

        return char.IsLowSurrogate(text[start]) ? start - 1 : start;
    }

    /// <summary>The last word's end at or before a place.</summary>
    private static int CutAfter(string text, int end, int limit)
    {
        if (end == text.Length)
            return end;
        for (var i = end; i >= limit && end - i <= AdjustCharsMax; i--)
        {
            if (char.IsWhiteSpace(text[i]))
                return i;
        }

        return char.IsLowSurrogate(text[end]) ? end + 1 : end;
    }
}
