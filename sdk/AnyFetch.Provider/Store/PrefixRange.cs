namespace AnyFetch.Provider.Store;

/// <summary>All texts that start with a prefix lie, byte by byte, from the prefix up to this end.</summary>
internal static class PrefixRange
{
    // The highest code point: no text that starts with the prefix sorts after the prefix followed by it, save one that
    // holds this noncharacter itself, which no source uses.
    private const string Highest = "\U0010FFFF";

    public static string End(string prefix) => prefix + Highest;
}
