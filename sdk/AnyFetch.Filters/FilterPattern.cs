using System.Buffers;
using System.Text.RegularExpressions;

namespace AnyFetch.Filters;

/// <summary>
/// A pattern between slashes (hydration.md §2). Unless it is bounded, it runs on the engine that never backtracks where it can,
/// whose time grows with the value only; else the other engine has a short time limit. Running into a limit counts as
/// "not found".
/// </summary>
internal sealed class FilterPattern
{
    /// <summary>Longest pattern, in characters.</summary>
    internal const int CharsMax = 2_000;

    /// <summary>Longest search of one value by the engine that backtracks, in milliseconds.</summary>
    internal const int BacktrackingMilliseconds = 50;

    /// <summary>
    /// Longest search by the engine that does not: far more than it needs, so that a busy machine does not lose documents.
    /// </summary>
    internal const int LinearMilliseconds = 1_000;

    /// <summary>Values up to this length are searched again after a time-out, which more likely was the machine's fault.</summary>
    private const int ShortChars = 1_024;

    private static readonly SearchValues<char> s_flags = SearchValues.Create("gimsuy");

    private readonly Regex _regex;

    private FilterPattern(string text, Regex regex)
    {
        Text = text;
        _regex = regex;
    }

    /// <summary>The pattern as it was written.</summary>
    internal string Text { get; }

    /// <summary>Whether the time of a search grows with the value only; else it ends within <see cref="SearchTimeMax"/>.</summary>
    internal bool IsLinear => _regex.Options.HasFlag(RegexOptions.NonBacktracking);

    /// <summary>Longest search of one value.</summary>
    internal TimeSpan SearchTimeMax => _regex.MatchTimeout;

    /// <summary>True for a text that begins with a slash and ends with another and letters from <c>gimsuy</c>.</summary>
    internal static bool IsPattern(string text)
    {
        var end = text.LastIndexOf('/');
        return end > 0 && text[0] == '/' && !text.AsSpan(end + 1).ContainsAnyExcept(s_flags);
    }

    /// <summary>Compiles what <see cref="IsPattern"/> accepts; null and the reason when it is not valid.</summary>
    internal static FilterPattern? Parse(string text, out string? error)
    {
        if (text.Length > CharsMax)
        {
            error = $"a pattern has at most {CharsMax} characters";
            return null;
        }

        var end = text.LastIndexOf('/');
        var flags = text[(end + 1)..];
        if (EcmaScriptPattern.Translate(text[1..end], flags, out error) is not { } translated)
        {
            error = $"the pattern {text} is not valid: {error}";
            return null;
        }

        try
        {
            return new FilterPattern(text, Compile(translated, OptionsOf(flags)));
        }
        catch (RegexParseException e)
        {
            error = $"the pattern {text} is not valid: {e.Error}";
            return null;
        }
    }

    /// <summary>True when the pattern is found in the value in time.</summary>
    internal bool IsFoundIn(string value)
    {
        try
        {
            return _regex.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return value.Length <= ShortChars && IsFoundInAgain(value);
        }
    }

    private bool IsFoundInAgain(string value)
    {
        try
        {
            return _regex.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Regex Compile(string pattern, RegexOptions options)
    {
        try
        {
            var engine = BoundedPattern.Is(pattern) ? RegexOptions.None : RegexOptions.NonBacktracking;
            return new Regex(pattern, options | engine, TimeSpan.FromMilliseconds(LinearMilliseconds));
        }
        catch (NotSupportedException)
        {
            // Look-around and back-references exist on the other engine only.
            return new Regex(pattern, options, TimeSpan.FromMilliseconds(BacktrackingMilliseconds));
        }
    }

    private static RegexOptions OptionsOf(string flags)
    {
        var options = RegexOptions.CultureInvariant;
        foreach (var flag in flags)
        {
            options |= flag switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                _ => RegexOptions.None,
            };
        }

        return options;
    }
}
