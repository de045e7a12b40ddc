using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AnyFetch.Filters;

/// <summary>
/// Rewrites a pattern in ECMAScript's syntax (ECMA-262 §22.2.1) for .NET's engine: what both read differently is spelled out,
/// and what only .NET knows (inline options, comments, atomic groups, class subtraction) is refused or taken literally.
/// </summary>
/// <remarks>
/// Two differences stay, because spelling them out would cost the engine that never backtracks: letters outside ASCII count
/// as word characters for <c>\b</c>, and with flag <c>m</c> only a line feed ends a line.
/// </remarks>
internal sealed class EcmaScriptPattern
{
    /// <summary>Largest product of a pattern's counts, which the engine has to unroll.</summary>
    internal const int RepeatsMax = 10_000;

    private const string Digits = "0-9";
    private const string NoDigits = @"\x00-\x2f\x3a-\uffff";
    private const string WordChars = "A-Za-z0-9_";
    private const string NoWordChars = @"\x00-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\uffff";
    private const string Spaces = @"\t\n\v\f\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
    private const string NoSpaces = @"\x00-\x08\x0e-\x1f\x21-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e"
        + @"\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff";

    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly string _source;
    private readonly string _flags;
    private readonly StringBuilder _output = new();
    private int _at;
    private long _repeats = 1;

    private EcmaScriptPattern(string source, string flags)
    {
        _source = source;
        _flags = flags;
    }

    /// <summary>The pattern for .NET, or null and what is wrong with it.</summary>
    internal static string? Translate(string source, string flags, out string? error)
    {
        var pattern = new EcmaScriptPattern(source, flags);
        error = pattern.Run();
        return error is null ? pattern._output.ToString() : null;
    }

    private string? Run()
    {
        string? error = null;
        while (_at < _source.Length && error is null)
        {
            var c = _source[_at++];
            error = c switch
            {
                '\\' => Escape(),
                '[' => Class(),
                '(' => Group(),
                '{' => Quantifier(),
                _ => Plain(c),
            };
        }

        return error;
    }

    private string? Plain(char c)
    {
        _ = c switch
        {
            '.' when !_flags.Contains('s', StringComparison.Ordinal) => _output.Append(@"[^\n\r\u2028\u2029]"),
            '$' when !_flags.Contains('m', StringComparison.Ordinal) => _output.Append(@"\z"),
            '}' or ']' => _output.Append('\\').Append(c),
            _ => _output.Append(c),
        };
        return null;
    }

    private string? Group()
    {
        _output.Append('(');
        if (Peek() != '?')
        {
            return null;
        }

        var rest = _source.AsSpan(_at);
        foreach (var known in (ReadOnlySpan<string>)["?:", "?=", "?!", "?<=", "?<!"])
        {
            if (rest.StartsWith(known, StringComparison.Ordinal))
            {
                _at += known.Length;
                _output.Append(known);
                return null;
            }
        }

        var end = rest.IndexOf('>');
        if (!rest.StartsWith("?<", StringComparison.Ordinal) || end < 3 || !IsName(rest[2..end]))
        {
            return "a group begins in a way that ECMAScript does not know";
        }

        _output.Append(rest[..(end + 1)]);
        _at += end + 1;
        return null;
    }

    private string? Quantifier()
    {
        var end = _source.IndexOf('}', _at);
        var counts = end < 0 ? [] : _source[_at..end].Split(',');
        var isOpen = counts.Length == 2 && counts[1].Length == 0;
        if (counts.Length is < 1 or > 2 || !IsCount(counts[0]) || (counts.Length == 2 && !isOpen && !IsCount(counts[1])))
        {
            _output.Append(@"\{");
            return null;
        }

        var largest = counts[^1].Length > 0 ? counts[^1] : counts[0];
        _repeats *= Math.Max(1, long.Parse(largest, CultureInfo.InvariantCulture));
        if (_repeats > RepeatsMax)
        {
            return $"its counts multiply to more than {RepeatsMax}";
        }

        _output.Append('{').Append(_source, _at, end - _at).Append('}');
        _at = end + 1;
        return null;
    }

    private string? Class()
    {
        var isNegated = Peek() == '^';
        _at += isNegated ? 1 : 0;
        if (Peek() == ']')
        {
            _at++;
            _output.Append(isNegated ? @"[\x00-\uffff]" : "(?!)");
            return null;
        }

        _output.Append(isNegated ? "[^" : "[");
        while (_at < _source.Length)
        {
            var c = _source[_at++];
            if (c == ']')
            {
                _output.Append(']');
                return null;
            }

            if (c != '\\')
            {
                ClassChar(c);
            }
            else if (ClassEscape() is { } error)
            {
                return error;
            }
        }

        return "a character class is not closed";
    }

    private void ClassChar(char c)
    {
        // A hyphen beside a set such as \d is itself; written out, the set would make it a range.
        var isBeforeSet = c == '-' && Peek() == '\\' && _at + 1 < _source.Length && SetOf(_source[_at + 1]) is not null;
        _ = c == '[' || isBeforeSet ? _output.Append('\\').Append(c) : _output.Append(c);
    }

    private string? ClassEscape()
    {
        if (_at == _source.Length)
        {
            return "it ends with a backslash";
        }

        if (SetOf(_source[_at]) is { } set)
        {
            _at++;
            _output.Append(set);
            if (Peek() == '-')
            {
                _at++;
                _output.Append(@"\-");
            }

            return null;
        }

        if (_source[_at] == 'b')
        {
            _at++;
            _output.Append(@"\x08");
            return null;
        }

        return CharEscape();
    }

    private string? Escape()
    {
        if (_at == _source.Length)
        {
            return "it ends with a backslash";
        }

        var c = _source[_at];
        if (SetOf(c) is { } set)
        {
            _at++;
            _output.Append('[').Append(set).Append(']');
            return null;
        }

        var isNamed = c == 'k' && _at + 1 < _source.Length && _source[_at + 1] == '<';
        if (isNamed || c is 'b' or 'B' or (>= '1' and <= '9'))
        {
            _at++;
            _output.Append('\\').Append(c);
            return null;
        }

        return CharEscape();
    }

    /// <summary>An escape that stands for one character, or for a Unicode property.</summary>
    private string? CharEscape()
    {
        var c = _source[_at++];
        switch (c)
        {
            case 't' or 'n' or 'v' or 'f' or 'r':
                _output.Append('\\').Append(c);
                break;
            case '0':
                _output.Append(@"\x00");
                break;
            case 'x' when IsHex(2):
                Keep('x', 2);
                break;
            case 'u' when IsHex(4):
                Keep('u', 4);
                break;
            case 'u' when Peek() == '{':
                return CodePoint();
            case 'c' when char.IsAsciiLetter(Peek()):
                Keep('c', 1);
                break;
            case 'p' or 'P' when _flags.Contains('u', StringComparison.Ordinal):
                _output.Append('\\').Append(c);
                break;
            default:
                Literal(c.ToString());
                break;
        }

        return null;
    }

    private string? CodePoint()
    {
        var end = _source.IndexOf('}', _at);
        var digits = end < 0 ? [] : _source.AsSpan(_at + 1, end - _at - 1);
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            || !Rune.IsValid(value))
        {
            return @"\u{…} does not name a character";
        }

        _at = end + 1;
        Literal(char.ConvertFromUtf32(value));
        return null;
    }

    private void Literal(string text)
    {
        foreach (var c in text)
        {
            _ = char.IsLetterOrDigit(c) || c == '_' || c > '\x7f'
                ? _output.Append(c)
                : _output.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
        }
    }

    private void Keep(char kind, int digits)
    {
        _output.Append('\\').Append(kind).Append(_source, _at, digits);
        _at += digits;
    }

    private char Peek() => _at < _source.Length ? _source[_at] : '\0';

    private bool IsHex(int digits) =>
        _at + digits <= _source.Length && _source.AsSpan(_at, digits).IndexOfAnyExcept(s_hexDigits) < 0;

    private static bool IsCount(string text) => text.Length is > 0 and < 10 && text.All(char.IsAsciiDigit);

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return !char.IsDigit(name[0]);
    }

    private static string? SetOf(char c) => c switch
    {
        'd' => Digits,
        'D' => NoDigits,
        'w' => WordChars,
        'W' => NoWordChars,
        's' => Spaces,
        'S' => NoSpaces,
        _ => null,
    };
}
