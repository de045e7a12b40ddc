using System.Text;

namespace AnyFetch.Calendars.ContentLines;

/// <summary>
/// Cuts a text into content lines: unfolds them, reads name and parameters, joins the soft line breaks of quoted-printable.
/// Lines that are none are skipped. One pass over the text.
/// </summary>
public static class ContentLineReader
{
    /// <summary>The lines of a text in their order.</summary>
    /// <param name="text">The decoded text.</param>
    /// <param name="limits">How much of it is read.</param>
    public static IEnumerable<ContentLine> Read(string text, ContentLimits limits)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(limits);
        return ReadLines(text, limits);
    }

    private static IEnumerable<ContentLine> ReadLines(string text, ContentLimits limits)
    {
        var at = text.StartsWith('\ufeff') ? 1 : 0;
        for (var lines = 0; at < text.Length && lines < limits.LinesMax; lines++)
        {
            var unfolded = Unfold(text, ref at, limits.LineCharactersMax);
            if (ContentLineParser.Parse(unfolded, limits) is { } line)
            {
                yield return line;
            }
        }
    }

    private static string Unfold(string text, ref int at, int charactersMax)
    {
        var first = NextPhysical(text, ref at);
        var isQuoted = first.Contains("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase);
        if (!Continues(text, at) && !(isQuoted && first.EndsWith('=')))
        {
            return first[..Math.Min(first.Length, charactersMax)].ToString();
        }

        var line = new StringBuilder(first.Length * 2);
        Append(line, first, charactersMax);
        while (at < text.Length)
        {
            if (isQuoted && line.Length > 0 && line[^1] == '=')
            {
                line.Length--;
                Append(line, NextPhysical(text, ref at), charactersMax);
            }
            else if (Continues(text, at))
            {
                Append(line, NextPhysical(text, ref at)[1..], charactersMax);
            }
            else
            {
                break;
            }
        }

        return line.ToString();
    }

    private static bool Continues(string text, int at) => at < text.Length && text[at] is ' ' or '\t';

    private static void Append(StringBuilder line, ReadOnlySpan<char> part, int charactersMax)
    {
        var room = charactersMax - line.Length;
        line.Append(part[..Math.Clamp(room, 0, part.Length)]);
    }

    private static ReadOnlySpan<char> NextPhysical(string text, ref int at)
    {
        var rest = text.AsSpan(at);
        var end = rest.IndexOfAny('\r', '\n');
        if (end < 0)
        {
            at = text.Length;
            return rest;
        }

        at += end + (rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n' ? 2 : 1);
        return rest[..end];
    }
}
