using System.Buffers;
using System.Text.RegularExpressions;

namespace AnyFetch.Hydrater.Filters;

/// <summary>
/// A pattern between slashes, in ECMAScript syntax, run by .NET's engine: the non-backtracking one where the pattern
/// allows it, otherwise the backtracking one. Both get a time limit; running into it counts as "does not hold".
/// </summary>
internal sealed class FilterPattern
{
    /// <summary>Characters of one pattern.</summary>
    internal const int LengthMax = 2_000;

    /// <summary>The largest count in a quantifier. Larger ones blow up the automaton.</summary>
    internal const int RepeatMax = 1_000;

    private static readonly SearchValues<char> Flags = SearchValues.Create("gimsuy");

    /// <summary>Values up to this length get more time, so that a cold start or a busy machine does not change an answer.</summary>
    private const int ShortValueLength = 4_096;

    private static readonly TimeSpan LongValueTimeout = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ShortValueTimeout = TimeSpan.FromSeconds(1);

    private readonly Regex _forShort;
    private readonly Regex _forLong;

    private FilterPattern(string text, Regex forShort, Regex forLong)
    {
        Text = text;
        _forShort = forShort;
        _forLong = forLong;
    }

    /// <summary>The pattern as it was written, with its slashes and flags.</summary>
    internal string Text { get; }

    /// <summary>A text starting with a slash and ending with a slash and letters from <c>gimsuy</c>.</summary>
    internal static bool IsPattern(string text)
    {
        if (text.Length < 2 || text[0] != '/')
        {
            return false;
        }

        var end = text.LastIndexOf('/');
        return end > 0 && text.AsSpan(end + 1).IndexOfAnyExcept(Flags) < 0;
    }

    /// <summary>Compiles a pattern, or says why it is not one.</summary>
    internal static bool TryParse(string text, out FilterPattern? pattern, out string? error)
    {
        pattern = null;
        if (text.Length > LengthMax)
        {
            error = $"a pattern has at most {LengthMax} characters.";
            return false;
        }

        var end = text.LastIndexOf('/');
        var flags = text.AsSpan(end + 1);
        var options = RegexOptions.CultureInvariant
            | (flags.Contains('i') ? RegexOptions.IgnoreCase : RegexOptions.None)
            | (flags.Contains('m') ? RegexOptions.Multiline : RegexOptions.None)
            | (flags.Contains('s') ? RegexOptions.Singleline : RegexOptions.None);
        if (!EcmaScriptPattern.TryTranslate(text[1..end], options, RepeatMax, out var translated, out error))
        {
            return false;
        }

        try
        {
            pattern = Compile(text, translated!, options);
            return true;
        }
        catch (RegexParseException fault)
        {
            error = $"the pattern {text} is not valid: {fault.Error} at character {fault.Offset}.";
            return false;
        }
    }

    /// <summary>Whether the pattern is found in the value within the time limit.</summary>
    internal bool IsFoundIn(string value)
    {
        try
        {
            return (value.Length <= ShortValueLength ? _forShort : _forLong).IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static FilterPattern Compile(string text, string translated, RegexOptions options)
    {
        try
        {
            // Time linear in the value: the limit is only there for automata that grow very large.
            var linear = options | (BoundedPattern.Is(translated) ? RegexOptions.None : RegexOptions.NonBacktracking);
            return new FilterPattern(
                text, new Regex(translated, linear, ShortValueTimeout), new Regex(translated, linear, LongValueTimeout));
        }
        catch (NotSupportedException)
        {
            // Look-around and back-references exist in the backtracking engine only, where any value may take for ever.
            var regex = new Regex(translated, options, LongValueTimeout);
            return new FilterPattern(text, regex, regex);
        }
    }
}
