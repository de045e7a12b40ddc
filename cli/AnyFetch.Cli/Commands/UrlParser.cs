using System.CommandLine.Parsing;

namespace AnyFetch.Cli.Commands;

/// <summary>Reads addresses from the command line.</summary>
internal static class UrlParser
{
    /// <summary>An absolute http or https address; anything else is an error of the command line.</summary>
    public static Uri? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        result.AddError($"'{text}' is no http or https address.");
        return null;
    }
}
