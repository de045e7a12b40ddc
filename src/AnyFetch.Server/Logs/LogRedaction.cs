using System.Text.RegularExpressions;

namespace AnyFetch.Server.Logs;

/// <summary>
/// Takes secrets out of a log line. Our own messages hold none; this stands between the log and what a framework, a
/// native error or an exception's text may bring along, such as a URL with its query.
/// </summary>
public static partial class LogRedaction
{
    private const string Hidden = "***";

    /// <summary>The text with the values of secret parameters and credentials replaced by <c>***</c>.</summary>
    public static string Redact(string text)
    {
        if (MayHoldSecret(text))
        {
            text = Parameter().Replace(text, "${name}" + Hidden);
            text = Credentials().Replace(text, "${scheme}" + Hidden);
        }

        return text;
    }

    /// <summary>The expressions are tried only where one of their words stands.</summary>
    private static bool MayHoldSecret(string text) => Word().IsMatch(text);

    [GeneratedRegex("token|bearer|basic|code|secret|password|authorization", Flags)]
    private static partial Regex Word();

    [GeneratedRegex(
        """(?<name>\b(?:oauth_access_token|anyfetch_token|access_token|bearer|code|client_secret|\w*password)["']?\s*[=:]\s*["']?)[^\s&"';,]+""",
        Flags)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"(?<scheme>\b(?:Bearer|Basic)\s+)[A-Za-z0-9+/=_.\-]{8,}", Flags)]
    private static partial Regex Credentials();

    private const RegexOptions Flags = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
        | RegexOptions.NonBacktracking;
}
