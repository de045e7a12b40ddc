using System.Buffers;
using AnyFetch.Search.Highlights;

namespace AnyFetch.Search.Similarity;

/// <summary>Finds mail addresses and URLs in a text, which are keywords as a whole.</summary>
internal static class WholeFinder
{
    /// <summary>Longest address, in characters. Longer ones carry tracking or state, which nobody shares.</summary>
    private const int CharsMax = 120;

    private const string Edges = ".,:!?'*_-";

    private static readonly SearchValues<char> s_separators =
        SearchValues.Create(" \t\r\n\u00A0<>()[]{}\"';,|\u201C\u201D\u00AB\u00BB");

    private static readonly SearchValues<char> s_marks = SearchValues.Create("@:.");

    /// <summary>Their places, in order, as places of something that is no number.</summary>
    public static List<(Span Span, string? Number)> Find(ReadOnlySpan<char> text)
    {
        var found = new List<(Span, string?)>();
        var start = 0;
        while (start < text.Length)
        {
            var length = text[start..].IndexOfAny(s_separators);
            var end = length < 0 ? text.Length : start + length;
            if (text[start..end].ContainsAny(s_marks))
                AddIfWhole(text, start, end, found);
            start = end + 1;
        }

        return found;
    }

    private static void AddIfWhole(ReadOnlySpan<char> text, int start, int end, List<(Span, string?)> found)
    {
        while (end > start && Edges.Contains(text[end - 1]))
            end--;
        while (start < end && Edges.Contains(text[start]))
            start++;
        var whole = text[start..end];
        if (whole.Length <= CharsMax && (IsMail(whole) || IsUrl(whole)))
            found.Add((new Span(start, end, 0), null));
    }

    private static bool IsMail(ReadOnlySpan<char> whole)
    {
        var at = whole.IndexOf('@');
        return at > 0 && at == whole.LastIndexOf('@') && whole[at..].Contains('.') && !whole.Contains('/');
    }

    private static bool IsUrl(ReadOnlySpan<char> whole) =>
        whole.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || whole.IndexOf("://") is > 1 and < 12;
}
