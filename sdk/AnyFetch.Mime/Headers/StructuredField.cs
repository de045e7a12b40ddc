using System.Text;
using AnyFetch.Mime.Charsets;

namespace AnyFetch.Mime.Headers;

/// <summary>
/// A field with parameters: <c>text/plain; charset=utf-8</c> (RFC 2045 §5.1), with continuations and charsets of RFC
/// 2231 and
/// the encoded words and bare blanks that mail programs put there.
/// </summary>
public sealed class StructuredField
{
    private const int ParametersMax = 100;
    private const int SectionsMax = 200;

    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);

    private StructuredField(string value) => Value = value;

    /// <summary>What stands before the first semicolon, in lower case, without comments.</summary>
    public string Value { get; }

    /// <summary>The decoded value of a parameter, or null. Names are compared without regard to case.</summary>
    public string? Parameter(string name) => _parameters.GetValueOrDefault(name);

    /// <summary>Reads a field's value. Whatever it is, something comes out.</summary>
    public static StructuredField Parse(string text, MimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(options);
        var pieces = Split(text);
        var first = pieces[0];
        var comment = first.IndexOf('(', StringComparison.Ordinal);
        var field = new StructuredField((comment < 0 ? first : first[..comment]).Trim().Trim('"').ToLowerInvariant());
        var sections = new Dictionary<string, SortedDictionary<int, (string Text, bool IsEncoded)>>(StringComparer.OrdinalIgnoreCase);
        foreach (var piece in pieces.Skip(1).Take(ParametersMax + SectionsMax))
        {
            field.ReadParameter(piece, sections, options);
        }

        foreach (var (name, parts) in sections)
        {
            field._parameters[name] = Join(parts.Values, options);
        }

        return field;
    }

    private void ReadParameter(
        string piece, Dictionary<string, SortedDictionary<int, (string Text, bool IsEncoded)>> sections, MimeOptions options)
    {
        var equals = piece.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            return;
        }

        var name = piece[..equals].Trim();
        var value = Unquote(piece[(equals + 1)..].Trim());
        var star = name.IndexOf('*', StringComparison.Ordinal);
        if (star <= 0)
        {
            if (_parameters.Count < ParametersMax)
            {
                _parameters.TryAdd(name, EncodedWords.Decode(value, options));
            }

            return;
        }

        var isEncoded = name.EndsWith('*');
        var number = name[(star + 1)..].TrimEnd('*');
        var index = number.Length == 0 ? 0 : int.TryParse(number, out var n) && n is >= 0 and < SectionsMax ? n : -1;
        if (index < 0)
        {
            return;
        }

        name = name[..star];
        if (!sections.TryGetValue(name, out var parts))
        {
            if (sections.Count >= ParametersMax)
            {
                return;
            }

            sections[name] = parts = [];
        }

        parts.TryAdd(index, (value, isEncoded));
    }

    /// <summary>
    /// Joins the sections of RFC 2231: the charset stands in the first encoded one and holds for all.
    /// </summary>
    private static string Join(IEnumerable<(string Text, bool IsEncoded)> parts, MimeOptions options)
    {
        var bytes = new List<byte>();
        string? charset = null;
        var isFirst = true;
        foreach (var (text, isEncoded) in parts)
        {
            var value = text;
            if (isEncoded && isFirst && value.Split('\'', 3) is [var name, _, var rest])
            {
                charset = name;
                value = rest;
            }

            isFirst = false;
            AppendBytes(bytes, value, isEncoded);
        }

        return MimeCharsets.Decode(bytes.ToArray(), charset, options).Text;
    }

    private static void AppendBytes(List<byte> bytes, string value, bool isEncoded)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (isEncoded && value[i] == '%' && i + 2 < value.Length
                && char.IsAsciiHexDigit(value[i + 1]) && char.IsAsciiHexDigit(value[i + 2]))
            {
                bytes.Add(Convert.FromHexString(value.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else if (char.IsAscii(value[i]))
            {
                bytes.Add((byte)value[i]);
            }
            else
            {
                var length = char.IsHighSurrogate(value[i]) && i + 1 < value.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(value.Substring(i, length)));
                i += length - 1;
            }
        }
    }

    /// <summary>
    /// Splits at semicolons outside quotes. Without a closing quote, the quote is taken for a letter.
    /// </summary>
    private static List<string> Split(string text)
    {
        var pieces = new List<string>();
        var start = 0;
        var isQuoted = false;
        var lastQuote = text.LastIndexOf('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && isQuoted)
            {
                i++;
            }
            else if (c == '"')
            {
                isQuoted = !isQuoted && i < lastQuote;
            }
            else if (c == ';' && !isQuoted)
            {
                pieces.Add(text[start..i]);
                start = i + 1;
                if (pieces.Count > ParametersMax + SectionsMax)
                {
                    return pieces;
                }
            }
        }

        pieces.Add(text[start..]);
        return pieces;
    }

    private static string Unquote(string text)
    {
        if (text is not ['"', ..])
        {
            return text;
        }

        var output = new StringBuilder(text.Length);
        for (var i = 1; i < text.Length && text[i] != '"'; i++)
        {
            // Windows programs write paths with lone backslashes: only what must be escaped counts as escaped.
            i += text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\' ? 1 : 0;
            output.Append(text[i]);
        }

        return output.ToString();
    }
}
