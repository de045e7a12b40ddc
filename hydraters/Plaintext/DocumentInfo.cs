using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Plaintext;

/// <summary>Titles and authors as programs leave them in files, and what of them is worth keeping.</summary>
internal static class DocumentInfo
{
    private const int CharactersMax = 500;

    private static readonly string[] ProgramPrefixes = ["Microsoft Word - ", "Microsoft PowerPoint - ", "Microsoft Excel - "];

    internal static string? CleanTitle(string? title)
    {
        var prefix = ProgramPrefixes.FirstOrDefault(p => title is not null && title.StartsWith(p, StringComparison.Ordinal));
        var clean = Clean(prefix is null ? title : title![prefix.Length..]);
        return clean is null || clean.Equals("untitled", StringComparison.OrdinalIgnoreCase) ? null : clean;
    }

    internal static string? Clean(string? value)
    {
        var clean = value is null ? "" : TextCleaner.CleanAndSqueeze(value);
        return clean.Length == 0 ? null : clean.Length <= CharactersMax ? clean : clean[..CharactersMax];
    }
}
