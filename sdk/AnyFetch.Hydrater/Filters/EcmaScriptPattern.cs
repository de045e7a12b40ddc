using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AnyFetch.Hydrater.Filters;

/// <summary>
/// Rewrites the ECMAScript constructs that .NET reads differently: <c>$</c>, <c>.</c>, <c>\d</c>, <c>\w</c>, <c>\s</c>,
/// <c>[]</c>, <c>[^]</c>, <c>\u{…}</c> and class subtraction (ECMA-262 §22.2).
/// </summary>
internal sealed class EcmaScriptPattern
{
    private const string AnyButLineEnd = @"[^\n\r\u2028\u2029]";

    private readonly string _source;
    private readonly RegexOptions _options;
    private readonly int _repeatMax;
    private readonly StringBuilder _output = new();
    private int _position;
    private string? _error;

    private EcmaScriptPattern(string source, RegexOptions options, int repeatMax)
    {
        _source = source;
        _options = options;
        _repeatMax = repeatMax;
    }

    internal static bool TryTranslate(
        string source, RegexOptions options, int repeatMax, out string? translated, out string? error)
    {
        var pattern = new EcmaScriptPattern(source, options, repeatMax);
        pattern.Translate();
        error = pattern._error;
        translated = error is null ? pattern._output.ToString() : null;
        return error is null;
    }

    private void Translate()
    {
        while (_position < _source.Length && _error is null)
        {
            var c = _source[_position++];
            switch (c)
            {
                case '\\':
                    Escape(inClass: false);
                    break;
                case '[':
                    Class();
                    break;
                case '.' when !_options.HasFlag(RegexOptions.Singleline):
                    _output.Append(AnyButLineEnd);
                    break;
                case '$' when !_options.HasFlag(RegexOptions.Multiline):
                    // In .NET a plain dollar also stands before a last line feed.
                    _output.Append(@"\z");
                    break;
                case '{':
                    Quantifier();
                    break;
                default:
                    _output.Append(c);
                    break;
            }
        }
    }

    private void Class()
    {
        var negated = _position < _source.Length && _source[_position] == '^';
        _position += negated ? 1 : 0;
        if (_position < _source.Length && _source[_position] == ']')
        {
            _position++;
            _output.Append(negated ? @"[\s\S]" : "(?!)");
            return;
        }

        _output.Append(negated ? "[^" : "[");
        while (_position < _source.Length)
        {
            var c = _source[_position++];
            if (c == ']')
            {
                _output.Append(c);
                return;
            }

            if (c == '\\')
            {
                Escape(inClass: true);
            }
            else
            {
                _output.Append(c == '[' ? @"\[" : c.ToString());
            }
        }

        _error = $"the pattern /{_source}/ is not valid: a character class is not closed.";
    }

    private void Escape(bool inClass)
    {
        if (_position >= _source.Length)
        {
            _error = $"the pattern /{_source}/ is not valid: it ends with a backslash.";
            return;
        }

        var c = _source[_position++];
        switch (c)
        {
            case '/' or '-' or '"' or '\'':
                _output.Append(c == '-' && inClass ? @"\-" : c.ToString());
                break;
            case 'd':
                _output.Append(inClass ? "0-9" : "[0-9]");
                break;
            case 'D' when !inClass:
                _output.Append("[^0-9]");
                break;
            case 'w':
                _output.Append(inClass ? "A-Za-z0-9_" : "[A-Za-z0-9_]");
                break;
            case 'W' when !inClass:
                _output.Append("[^A-Za-z0-9_]");
                break;
            case 'u' when _position < _source.Length && _source[_position] == '{':
                CodePoint();
                break;
            default:
                _output.Append('\\').Append(c);
                break;
        }
    }

    private void CodePoint()
    {
        var end = _source.IndexOf('}', _position);
        var digits = end < 0 ? "" : _source[(_position + 1)..end];
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            || !Rune.IsValid(value))
        {
            _error = $"the pattern /{_source}/ is not valid: \\u{{{digits}}} is not a character.";
            return;
        }

        _position = end + 1;
        _output.Append(Regex.Escape(char.ConvertFromUtf32(value)));
    }

    private void Quantifier()
    {
        _output.Append('{');
        var end = _source.IndexOf('}', _position);
        if (end < 0)
        {
            return;
        }

        foreach (var bound in _source[_position..end].Split(','))
        {
            if (bound.Length > 0 && bound.All(char.IsAsciiDigit) && (bound.Length > 9
                || int.Parse(bound, CultureInfo.InvariantCulture) > _repeatMax))
            {
                _error = $"the pattern /{_source}/ repeats more than {_repeatMax} times.";
            }
        }
    }
}
