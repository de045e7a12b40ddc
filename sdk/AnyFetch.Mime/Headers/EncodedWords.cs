using System.Text;
using AnyFetch.Mime.Charsets;
using AnyFetch.Mime.Transfer;

namespace AnyFetch.Mime.Headers;

/// <summary>
/// Encoded words (RFC 2047 with the language of RFC 2231), also the broken ones: blanks inside, no blank between,
/// letters
/// cut in two by neighbouring words, padding that is missing, words inside quotes.
/// </summary>
public static class EncodedWords
{
    private const int CharsetCharactersMax = 60;

    /// <summary>Decodes the encoded words of a header's text. What is no encoded word stays as it is.</summary>
    public static string Decode(string text, MimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(options);
        if (!text.Contains("=?", StringComparison.Ordinal))
        {
            return text;
        }

        var output = new StringBuilder(text.Length);
        var pending = new Pending(output, options);
        var position = 0;
        while (position < text.Length)
        {
            var start = text.IndexOf("=?", position, StringComparison.Ordinal);
            if (start < 0 || text.IndexOf("?=", start + 2, StringComparison.Ordinal) < 0)
            {
                break;
            }

            if (TryRead(text, start) is not { } word)
            {
                pending.Flush();
                output.Append(text, position, start + 2 - position);
                position = start + 2;
                continue;
            }

            // Blanks between two encoded words only fold them.
            if (!pending.HasWord || !IsBlank(text.AsSpan(position, start - position)))
            {
                pending.Flush();
                output.Append(text, position, start - position);
            }

            pending.Add(word.Charset, word.Bytes);
            position = word.End;
        }

        pending.Flush();
        return output.Append(text, position, text.Length - position).ToString();
    }

    private static (string Charset, byte[] Bytes, int End)? TryRead(string text, int start)
    {
        var charsetEnd = text.AsSpan(start + 2).Slice(0, Math.Min(CharsetCharactersMax, text.Length - start - 2)).IndexOf('?');
        if (charsetEnd <= 0)
        {
            return null;
        }

        var encodingAt = start + 2 + charsetEnd + 1;
        if (encodingAt + 1 >= text.Length || text[encodingAt + 1] != '?'
            || text[encodingAt] is not ('q' or 'Q' or 'b' or 'B'))
        {
            return null;
        }

        var contentStart = encodingAt + 2;
        var end = text.IndexOf("?=", contentStart, StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        var charset = text.Substring(start + 2, charsetEnd);
        var language = charset.IndexOf('*', StringComparison.Ordinal);
        var content = text.AsSpan(contentStart, end - contentStart);
        var bytes = text[encodingAt] is 'q' or 'Q' ? FromQ(content) : FromB(content);
        return (language < 0 ? charset : charset[..language], bytes, end + 2);
    }

    private static byte[] FromQ(ReadOnlySpan<char> content)
    {
        var bytes = new List<byte>(content.Length);
        for (var i = 0; i < content.Length; i++)
        {
            var c = content[i];
            if (c == '=' && i + 2 < content.Length && char.IsAsciiHexDigit(content[i + 1]) && char.IsAsciiHexDigit(content[i + 2]))
            {
                bytes.Add(Convert.FromHexString(content.Slice(i + 1, 2))[0]);
                i += 2;
            }
            else if (c == '_')
            {
                bytes.Add((byte)' ');
            }
            else
            {
                bytes.Add(char.IsAscii(c) ? (byte)c : (byte)'?');
            }
        }

        return [.. bytes];
    }

    private static byte[] FromB(ReadOnlySpan<char> content)
    {
        var input = Encoding.ASCII.GetBytes(content.ToArray());
        var output = new byte[input.Length];
        new Base64Decoder().Decode(input, isLast: true, output, out _, out var written);
        return output[..written];
    }

    private static bool IsBlank(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(" \t\r\n") < 0;

    /// <summary>
    /// Neighbouring words of one charset are decoded together, since letters are cut in two between them.
    /// </summary>
    private sealed class Pending(StringBuilder output, MimeOptions options)
    {
        private readonly List<byte> _bytes = [];
        private string? _charset;

        internal bool HasWord => _charset is not null;

        internal void Add(string charset, byte[] bytes)
        {
            if (_charset is not null && !_charset.Equals(charset, StringComparison.OrdinalIgnoreCase))
            {
                Flush();
            }

            _charset = charset;
            _bytes.AddRange(bytes);
        }

        internal void Flush()
        {
            if (_charset is not null)
            {
                output.Append(MimeCharsets.Decode(_bytes.ToArray(), _charset, options).Text);
                _bytes.Clear();
                _charset = null;
            }
        }
    }
}
