using System.Text;

namespace AnyFetch.Mime.Headers;

/// <summary>
/// Address lists (RFC 5322 §3.4 and §4.4): quoted names, comments, groups, routes, semicolons for commas, names without
/// address. One pass over the text.
/// </summary>
internal static class AddressList
{
    private const int CommentDepthMax = 50;

    internal static void Read(string text, List<MailAddress> addresses, MimeOptions options) =>
        Read(text, addresses, options, isDecoded: false);

    private static void Read(string text, List<MailAddress> addresses, MimeOptions options, bool isDecoded)
    {
        var entry = new Entry();
        for (var i = 0; i < text.Length && addresses.Count < options.AddressesMax; i++)
        {
            switch (text[i])
            {
                case '"':
                    i = ReadQuoted(text, i, entry);
                    break;
                case '(':
                    i = ReadComment(text, i, entry.Comment);
                    break;
                case '<':
                    i = ReadAngle(text, i, entry);
                    break;
                case ',' or ';':
                    entry.End(addresses, options, isDecoded);
                    break;
                case ':' when entry.Angle is null && !entry.Words.ToString().Contains('@', StringComparison.Ordinal):
                    // The name of a group: its members follow.
                    entry.Clear();
                    break;
                default:
                    entry.Words.Append(text[i]);
                    break;
            }
        }

        if (addresses.Count < options.AddressesMax)
        {
            entry.End(addresses, options, isDecoded);
        }
    }

    private static int ReadQuoted(string text, int start, Entry entry)
    {
        var end = EndOfQuoted(text, start);
        if (end < 0)
        {
            // A lone quote is noise.
            return start;
        }

        for (var i = start + 1; i < end; i++)
        {
            i += text[i] == '\\' && i + 1 < end ? 1 : 0;
            entry.Words.Append(text[i]);
        }

        entry.IsQuoted = true;
        return end;
    }

    private static int EndOfQuoted(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i;
            }
        }

        return -1;
    }

    private static int ReadComment(string text, int start, StringBuilder comment)
    {
        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                comment.Append(text[++i]);
            }
            else if (text[i] == ')' && --depth <= 0)
            {
                return i;
            }
            else
            {
                var isOpening = text[i] == '(' && depth < CommentDepthMax;
                depth += isOpening ? 1 : 0;
                if (!isOpening || depth > 1)
                {
                    comment.Append(text[i]);
                }
            }
        }

        return text.Length;
    }

    private static int ReadAngle(string text, int start, Entry entry)
    {
        var end = text.AsSpan(start).IndexOfAny('>', ',');
        end = end < 0 ? text.Length : start + end;
        if (end < text.Length && text[end] == ',' && text[start + 1] == '@')
        {
            // A route: <@one,@two:user@three>.
            var close = text.IndexOf('>', start);
            end = close < 0 ? end : close;
        }

        var address = text[(start + 1)..end].Trim();
        var route = address.StartsWith('@') ? address.LastIndexOf(':') : -1;
        entry.Angle = address[(route + 1)..].Trim();
        return end < text.Length && text[end] == ',' ? end - 1 : end;
    }

    /// <summary>What was read of one address.</summary>
    private sealed class Entry
    {
        internal StringBuilder Words { get; } = new();

        internal StringBuilder Comment { get; } = new();

        internal string? Angle { get; set; }

        internal bool IsQuoted { get; set; }

        internal void End(List<MailAddress> addresses, MimeOptions options, bool isDecoded)
        {
            var words = Words.ToString().Trim();
            var comment = EncodedWords.Decode(Comment.ToString().Trim(), options);
            if (Angle is not null)
            {
                var name = Tidy(EncodedWords.Decode(words, options));
                addresses.Add(new MailAddress(EncodedWords.Decode(Angle, options), name.Length > 0 ? name : comment));
            }
            else if (words.Length > 0)
            {
                AddBare(words, comment, addresses, options, isDecoded);
            }

            Clear();
        }

        private void AddBare(
            string words, string comment, List<MailAddress> addresses, MimeOptions options, bool isDecoded)
        {
            var text = EncodedWords.Decode(words, options);
            if (!isDecoded && !IsQuoted && text != words && text.Contains('<', StringComparison.Ordinal))
            {
                // Some programs encode the whole "name <address>".
                Read(text, addresses, options, isDecoded: true);
                return;
            }

            var hasAt = text.Contains('@', StringComparison.Ordinal);
            var compact = hasAt ? text.Replace(" ", "", StringComparison.Ordinal) : text;
            var isAddress = hasAt || (!IsQuoted && !compact.Contains(' ', StringComparison.Ordinal));
            addresses.Add(isAddress ? new MailAddress(compact, comment) : new MailAddress("", Tidy(text)));
        }

        internal void Clear()
        {
            Words.Clear();
            Comment.Clear();
            Angle = null;
            IsQuoted = false;
        }

        private static string Tidy(string name)
        {
            var text = string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return text.Length > 2 && text[0] == '\'' && text[^1] == '\'' ? text[1..^1] : text;
        }
    }
}
