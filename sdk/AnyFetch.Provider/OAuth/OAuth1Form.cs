namespace AnyFetch.Provider.OAuth;

/// <summary>Reads <c>a=1&amp;b=2</c>, as queries and OAuth 1.0a answers have it; a name may come more than once.</summary>
internal static class OAuth1Form
{
    public static IEnumerable<(string Name, string Value)> Read(string form)
    {
        foreach (var pair in form.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equal = pair.IndexOf('=', StringComparison.Ordinal);
            yield return equal < 0 ? (Unescape(pair), "") : (Unescape(pair[..equal]), Unescape(pair[(equal + 1)..]));
        }
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
