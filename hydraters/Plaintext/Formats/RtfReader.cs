using System.Globalization;
using System.Text;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>Walks through the groups, control words and characters of an RTF file in one pass.</summary>
internal sealed class RtfReader(byte[] source, ExtractedDocument document)
{
    private const int DepthMax = 1_000;
    private const int WordCharactersMax = 40;
    private const int FontsMax = 10_000;

    private readonly Stack<RtfGroup> _groups = new();
    private readonly Dictionary<int, int> _fontCodePages = [];
    private readonly List<byte> _encoded = [];
    private readonly StringBuilder _run = new();
    private readonly StringBuilder _info = new();
    private RtfGroup _group = new();
    private Encoding _encoding = Encoding.GetEncoding(1252);
    private int _position;
    private int _toSkip;
    private bool _isIgnorable;

    internal void Read(CancellationToken cancellationToken)
    {
        document.BeginBlock("p");
        while (_position < source.Length && !document.IsFull)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var c = (char)source[_position++];
            switch (c)
            {
                case '{':
                    Flush();
                    PushGroup();
                    break;
                case '}':
                    Flush();
                    PopGroup();
                    break;
                case '\\':
                    Control();
                    break;
                case '\r' or '\n':
                    break;
                default:
                    TakeByte((byte)c);
                    break;
            }
        }

        Flush();
        document.EndBlock();
    }

    private void PushGroup()
    {
        if (_groups.Count >= DepthMax)
        {
            throw new InvalidDataException("Groups nest too deep.");
        }

        _groups.Push(_group);
        _toSkip = 0;
    }

    private void PopGroup()
    {
        var ended = _group.Destination;
        _group = _groups.Count > 0 ? _groups.Pop() : new RtfGroup();
        _toSkip = 0;
        if (ended is RtfDestination.Title or RtfDestination.Author && _group.Destination != ended)
        {
            document.Title = ended == RtfDestination.Title ? _info.ToString() : document.Title;
            document.Author = ended == RtfDestination.Author ? _info.ToString() : document.Author;
            _info.Clear();
        }
    }

    private void Control()
    {
        if (_position >= source.Length)
        {
            return;
        }

        var c = (char)source[_position];
        if (!char.IsAsciiLetter(c))
        {
            _position++;
            Symbol(c);
            return;
        }

        var start = _position;
        while (_position < source.Length && char.IsAsciiLetter((char)source[_position]) && _position - start < WordCharactersMax)
        {
            _position++;
        }

        var word = Encoding.ASCII.GetString(source, start, _position - start);
        var number = ReadNumber();
        if (_position < source.Length && source[_position] == ' ')
        {
            _position++;
        }

        var wasIgnorable = _isIgnorable;
        _isIgnorable = false;
        if (_toSkip > 0 && word != "u")
        {
            _toSkip--;
            return;
        }

        Word(word, number, wasIgnorable);
    }

    private int? ReadNumber()
    {
        var start = _position;
        if (_position < source.Length && source[_position] == '-')
        {
            _position++;
        }

        while (_position < source.Length && char.IsAsciiDigit((char)source[_position]) && _position - start < 11)
        {
            _position++;
        }

        return int.TryParse(source.AsSpan(start, _position - start), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private void Symbol(char c)
    {
        switch (c)
        {
            case '\'':
                if (_position + 2 <= source.Length
                    && byte.TryParse(source.AsSpan(_position, 2), NumberStyles.AllowHexSpecifier,
                        CultureInfo.InvariantCulture, out var value))
                {
                    _position += 2;
                    TakeByte(value);
                }

                break;
            case '*':
                _isIgnorable = true;
                break;
            case '~':
                TakeText(" ");
                break;
            case '_':
                TakeText("-");
                break;
            case '\\' or '{' or '}':
                TakeByte((byte)c);
                break;
            case '\r' or '\n':
                EndParagraph();
                break;
        }
    }

    private void Word(string word, int? number, bool isIgnorable)
    {
        if (RtfWords.TextOf(word) is { } text)
        {
            TakeText(text);
            return;
        }

        switch (word)
        {
            case "par" or "sect" or "page" or "row":
                EndParagraph();
                break;
            case "line":
                TakeText("\n");
                break;
            case "cell":
                TakeText(" ");
                break;
            case "b":
                Flush();
                _group = _group with { IsBold = number != 0 };
                break;
            case "plain":
                Flush();
                _group = _group with { IsBold = false };
                break;
            case "u" when number is { } code:
                TakeUnicode((char)code);
                break;
            case "uc":
                _group = _group with { UnicodeSkip = Math.Clamp(number ?? 1, 0, 10) };
                break;
            case "ansicpg":
                _encoding = CodePage(number ?? 1252) ?? _encoding;
                break;
            case "bin":
                _position = (int)Math.Min(source.Length, _position + Math.Max(0L, number ?? 0));
                break;
            case "f" or "deff":
                Flush();
                _group = _group with { Font = number ?? 0 };
                break;
            case "fcharset" when _group.Destination == RtfDestination.FontTable && _fontCodePages.Count < FontsMax:
                _fontCodePages[_group.Font] = RtfWords.CodePageOf(number ?? 0);
                break;
            default:
                Destination(word, isIgnorable);
                break;
        }
    }

    private void Destination(string word, bool isIgnorable)
    {
        switch (word)
        {
            case "fonttbl":
                _group = _group with { IsHidden = true, Destination = RtfDestination.FontTable };
                break;
            case "info":
                _group = _group with { IsHidden = true };
                break;
            case "title" or "author":
                _group = _group with { Destination = word == "title" ? RtfDestination.Title : RtfDestination.Author };
                break;
            default:
                if (isIgnorable || RtfWords.IsHiddenDestination(word))
                {
                    _group = _group with { IsHidden = true };
                }

                break;
        }
    }

    private void EndParagraph()
    {
        Flush();
        if (!_group.IsHidden)
        {
            document.EndBlock();
            document.BeginBlock("p");
        }
    }

    private void TakeByte(byte value)
    {
        if (_toSkip > 0)
        {
            _toSkip--;
        }
        else
        {
            _encoded.Add(value);
        }
    }

    private void TakeText(string text)
    {
        Decode();
        _run.Append(text);
    }

    private void TakeUnicode(char c)
    {
        Decode();
        _run.Append(c);
        _toSkip = _group.UnicodeSkip;
    }

    /// <summary>Consecutive bytes are decoded together, since a character may take two of them.</summary>
    private void Decode()
    {
        if (_encoded.Count > 0)
        {
            var encoding = _fontCodePages.TryGetValue(_group.Font, out var codePage) && codePage > 0
                ? CodePage(codePage) ?? _encoding : _encoding;
            _run.Append(encoding.GetString(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_encoded)));
            _encoded.Clear();
        }
    }

    private void Flush()
    {
        Decode();
        if (_run.Length == 0)
        {
            return;
        }

        if (_group.Destination is RtfDestination.Title or RtfDestination.Author)
        {
            _info.Append(_run);
        }
        else if (!_group.IsHidden)
        {
            document.AppendText(_run.ToString(), _group.IsBold);
        }

        _run.Clear();
    }

    private static Encoding? CodePage(int number) => number is 0 or 65000 or 42
        ? null
        : AnyFetch.Hydrater.Text.CharsetDetector.Named($"windows-{number}")
            ?? CodePagesEncodingProvider.Instance.GetEncoding(number);
}
