namespace AnyFetch.Api.Http.Parameters;

/// <summary>The spellings of truth (api.md §1, "Booleans").</summary>
internal static class Booleans
{
    public static bool TryParse(string text, out bool value)
    {
        value = text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase);
        return value || text == "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase);
    }
}
