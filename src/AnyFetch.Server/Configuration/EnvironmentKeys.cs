using System.Collections;

namespace AnyFetch.Server.Configuration;

/// <summary>
/// Reads the environment's <c>ANYFETCH_…</c> variables. A name is compared with the known keys without underscores,
/// colons and case, so that <c>ANYFETCH_HTTP_BODY_BYTES_MAX</c> and <c>ANYFETCH_Http__BodyBytesMax</c> both work.
/// </summary>
public static class EnvironmentKeys
{
    /// <summary>What a variable's name begins with to be ours.</summary>
    public const string Prefix = "ANYFETCH_";

    /// <summary>The settings that the variables make, and the variables that fit no key.</summary>
    public static (IReadOnlyDictionary<string, string?> Settings, IReadOnlyList<string> Unknown) Read(
        IDictionary variables,
        IEnumerable<OptionKey> keys,
        IReadOnlySet<string> ignored)
    {
        var known = keys.ToDictionary(k => Normalize(k.Path), StringComparer.OrdinalIgnoreCase);
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var unknown = new List<string>();
        foreach (DictionaryEntry variable in variables)
        {
            var (name, value) = ((string)variable.Key, (string?)variable.Value);
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || ignored.Contains(name))
            {
                continue;
            }

            var text = name[Prefix.Length..];
            if (known.TryGetValue(Normalize(text), out var key))
            {
                settings[key.Path] = value;
            }
            else if (known.TryGetValue(Normalize(text.TrimEnd(s_digits)), out var list) && list.IsList)
            {
                settings[$"{list.Path}:{text[text.TrimEnd(s_digits).Length..]}"] = value;
            }
            else
            {
                unknown.Add(name);
            }
        }

        return (settings, unknown);
    }

    private static readonly char[] s_digits = [.. "0123456789"];

    private static string Normalize(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal);
}
