using System.Text;
using System.Text.RegularExpressions;

namespace AnyFetch.Providers.LocalDirectory;

/// <summary>
/// A file pattern: <c>*</c> and <c>?</c> stay within a segment, <c>**</c> crosses them. A pattern without a slash matches any
/// segment's whole name at any depth; with one it matches the whole path from the root. Case counts.
/// </summary>
internal sealed class Glob
{
    private const int CharactersMax = 1024;

    // Linear in the path's length, whatever the pattern: nobody can stall a walk with one.
    private readonly Regex _regex;
    private readonly bool _wholePath;

    private Glob(Regex regex, bool wholePath)
    {
        _regex = regex;
        _wholePath = wholePath;
    }

    public static Glob Parse(string pattern)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);
        if (pattern.Length > CharactersMax)
        {
            throw new ArgumentException($"A glob has at most {CharactersMax} characters.", nameof(pattern));
        }

        var wholePath = pattern.Contains('/', StringComparison.Ordinal);
        var regex = new Regex(
            "\\A" + Translate(pattern.Trim('/')) + "\\z",
            RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
        return new Glob(regex, wholePath);
    }

    /// <summary>Matches a path that begins with a slash.</summary>
    public bool Matches(string path) =>
        _regex.IsMatch(_wholePath ? path.AsSpan(1) : path.AsSpan(path.LastIndexOf('/') + 1));

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var isDouble = pattern[i] == '*' && i + 1 < pattern.Length && pattern[i + 1] == '*';
            switch (pattern[i])
            {
                // "**/" stands for any number of segments, none included.
                case '*' when isDouble && i + 2 < pattern.Length && pattern[i + 2] == '/':
                    regex.Append("(?:.*/)?");
                    i += 2;
                    break;
                case '*' when isDouble:
                    regex.Append(".*");
                    i++;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        return regex.ToString();
    }
}
