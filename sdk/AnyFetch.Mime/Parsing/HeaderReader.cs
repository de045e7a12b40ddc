using System.Text;
using System.Text.Unicode;
using AnyFetch.Mime.Headers;

namespace AnyFetch.Mime.Parsing;

/// <summary>
/// Reads a block of headers: folded fields (RFC 5322 §2.2.3), text in UTF-8 (RFC 6532) or whatever a program wrote. A
/// line that
/// is no field ends the block, as an empty line does.
/// </summary>
internal sealed class HeaderReader(LineScanner lines, MimeOptions options)
{
    private const int NameCharactersMax = 200;

    private readonly List<HeaderField> _fields = [];
    private readonly List<byte> _value = [];
    private string? _name;
    private int _bytes;

    /// <summary>Whether fields were left out.</summary>
    internal bool IsIncomplete { get; private set; }

    internal HeaderList Read(bool isFirst)
    {
        while (lines.Next())
        {
            var line = lines.Line;
            if (line.IsEmpty && isFirst && _fields.Count == 0 && _name is null)
            {
                // Blank lines before a mail mean nothing.
                continue;
            }

            if (line.IsEmpty && lines.IsLineStart)
            {
                break;
            }

            if (!lines.IsLineStart || line[0] is (byte)' ' or (byte)'\t')
            {
                Append(line);
            }
            else if (isFirst && _fields.Count == 0 && _name is null
                && (line.StartsWith("From "u8) || line.StartsWith(">From "u8)))
            {
                // The separator of an mbox file.
            }
            else if (!BeginField(line))
            {
                lines.Unread();
                break;
            }
        }

        EndField();
        return new HeaderList(_fields, options);
    }

    private bool BeginField(ReadOnlySpan<byte> line)
    {
        var colon = line[..Math.Min(line.Length, NameCharactersMax)].IndexOf((byte)':');
        var name = colon <= 0 ? default : line[..colon].TrimEnd(" \t"u8);
        if (name.IsEmpty || name.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return false;
        }

        EndField();
        _name = Encoding.ASCII.GetString(name);
        Append(line[(colon + 1)..]);
        return true;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        _bytes += text.Length;
        if (_bytes > options.HeaderBytesMax)
        {
            IsIncomplete = true;
            return;
        }

        if (_name is not null)
        {
            // Folding is a line end before a blank; the blank is the value's own.
            _value.AddRange(text);
        }
    }

    private void EndField()
    {
        if (_name is not null && _fields.Count < options.HeaderFieldsMax && _bytes <= options.HeaderBytesMax)
        {
            var bytes = _value.ToArray();
            var text = Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Charsets.MimeCharsets.Decode(bytes, null, options).Text;
            _fields.Add(new HeaderField(_name, text.Trim()));
        }
        else if (_name is not null)
        {
            IsIncomplete = true;
        }

        _name = null;
        _value.Clear();
    }
}
