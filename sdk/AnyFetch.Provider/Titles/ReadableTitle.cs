namespace AnyFetch.Provider;

/// <summary>Readable titles from paths.</summary>
public static class ReadableTitle
{
    /// <summary>
    /// The last segment without its last extension, with <c>_ - .</c> as spaces and the first letter in upper case:
    /// <c>2024_budget-v2.final.xlsx</c> gives <c>2024 budget v2 final</c>. Null for an empty path.
    /// </summary>
    /// <param name="path">A path with <c>/</c> or <c>\</c> as separator.</param>
    public static string? FromPath(string? path)
    {
        var name = (path ?? "").TrimEnd('/', '\\');
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        if (name.Length == 0)
        {
            return null;
        }

        // A leading dot is part of the name (".profile"), not the start of an extension.
        var dot = name.LastIndexOf('.');
        var stem = dot > 0 ? name[..dot] : name;
        var words = stem.Replace('_', ' ').Replace('-', ' ').Replace('.', ' ')
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);

        // A name of separators alone has no words: it is its own best title.
        var title = words.Length == 0 ? name : string.Join(' ', words);
        return UpperFirst(title);
    }

    // A first letter outside the basic plane is two chars: upper-casing one of them would tear it.
    private static string UpperFirst(string title) =>
        char.IsSurrogate(title[0]) ? title : char.ToUpperInvariant(title[0]) + title[1..];
}
