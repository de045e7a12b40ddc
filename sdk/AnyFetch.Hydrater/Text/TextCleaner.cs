using System.Buffers;
using System.Text;

namespace AnyFetch.Hydrater.Text;

/// <summary>
/// The rules that all text output follows (hydraters.md §1): valid Unicode without control characters and U+FFFD, line
/// feeds only, and angle brackets stored as entities, so that text can never become markup.
/// </summary>
public static class TextCleaner
{
    /// <summary>Characters that do not stand in text as they are: markup, controls, surrogates.</summary>
    internal static readonly SearchValues<char> Special = SearchValues.Create(MakeSpecial());

    /// <summary>Cleans text and escapes its angle brackets. Line ends become <c>\n</c>, the no-break space a space.</summary>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Rewrite(text, escape: true);
    }

    /// <summary>Cleans text without escaping, for values that are escaped later.</summary>
    public static string RemoveControls(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Rewrite(text, escape: false);
    }

    /// <summary>Cleans and escapes text, reduces every run of blanks, tabs and line ends to its first character, and trims.</summary>
    public static string CleanAndSqueeze(string text) => Clean(Squeeze(RemoveControls(text)));

    /// <summary>Reduces every run of blanks, tabs and line ends to its first character, and trims.</summary>
    public static string Squeeze(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var output = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            var length = 0;
            var isInRun = true;
            foreach (var c in text)
            {
                var isBlank = c is ' ' or '\t' or '\n' or '\r' or '\u00a0';
                if (!isBlank || !isInRun)
                {
                    output[length++] = c;
                }

                isInRun = isBlank;
            }

            while (length > 0 && char.IsWhiteSpace(output[length - 1]))
            {
                length--;
            }

            return length == text.Length ? text : new string(output, 0, length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(output);
        }
    }

    /// <summary>Escapes <c>&lt;</c> and <c>&gt;</c> only.</summary>
    public static string EscapeAngleBrackets(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAny('<', '>') < 0
            ? text
            : text.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
    }

    /// <summary>Appends text as HTML character data: <c>&amp;</c>, <c>&lt;</c>, <c>&gt;</c> and quotes escaped, controls removed.</summary>
    public static void AppendHtml(StringBuilder html, ReadOnlySpan<char> text)
    {
        ArgumentNullException.ThrowIfNull(html);
        while (true)
        {
            var next = text.IndexOfAny(Special);
            if (next < 0)
            {
                html.Append(text);
                return;
            }

            html.Append(text[..next]);
            var c = text[next];
            switch (c)
            {
                case '&':
                    html.Append("&amp;");
                    break;
                case '"':
                    html.Append("&quot;");
                    break;
                default:
                    next += AppendSpecial(html, text, next, escape: true);
                    break;
            }

            text = text[(next + 1)..];
        }
    }

    private static string Rewrite(string text, bool escape)
    {
        var rest = text.AsSpan();
        if (rest.IndexOfAny(Special) < 0)
        {
            return text;
        }

        var output = new StringBuilder(text.Length + 16);
        while (true)
        {
            var next = rest.IndexOfAny(Special);
            if (next < 0)
            {
                output.Append(rest);
                return output.ToString();
            }

            output.Append(rest[..next]);
            next += AppendSpecial(output, rest, next, escape);
            rest = rest[(next + 1)..];
        }
    }

    /// <summary>Appends what a special character becomes; returns how many characters after it were used as well.</summary>
    private static int AppendSpecial(StringBuilder output, ReadOnlySpan<char> text, int at, bool escape)
    {
        var c = text[at];
        switch (c)
        {
            case '<' or '>':
                output.Append(!escape ? c.ToString() : c == '<' ? "&lt;" : "&gt;");
                return 0;
            case '&' or '"':
                output.Append(c);
                return 0;
            case '\u00a0':
                output.Append(' ');
                return 0;
            case '\r':
                output.Append('\n');
                return at + 1 < text.Length && text[at + 1] == '\n' ? 1 : 0;
            case '\f' or '\v' or '\u0085' or '\u2028' or '\u2029':
                output.Append('\n');
                return 0;
        }

        if (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            output.Append(c).Append(text[at + 1]);
            return 1;
        }

        return 0;
    }

    private static char[] MakeSpecial()
    {
        var special = new List<char> { '<', '>', '&', '"', '\u00a0', '\u2028', '\u2029', '\ufeff', '\ufffd', '\ufffe', '\uffff' };
        for (var c = '\0'; c < '\u00a0'; c++)
        {
            if ((c < ' ' || c >= '\u007f') && c is not ('\t' or '\n'))
            {
                special.Add(c);
            }
        }

        for (var c = 0xd800; c <= 0xdfff; c++)
        {
            special.Add((char)c);
        }

        return [.. special];
    }
}
