namespace AnyFetch.Core.Companies;

/// <summary>
/// What a company says about how its documents are hydrated (hydration.md §5, §7; hydraters.md §5, §15). What it leaves out is
/// as the server's configuration has it.
/// </summary>
public sealed record CompanyHydration
{
    /// <summary>Most languages.</summary>
    public const int LanguagesMax = 10;

    /// <summary>Longest name of a language, in characters.</summary>
    public const int LanguageCharsMax = 30;

    /// <summary>Most names of files that are junk.</summary>
    public const int JunkNamesMax = 200;

    /// <summary>Most names of folders that are junk.</summary>
    public const int JunkFoldersMax = 100;

    /// <summary>Longest name of either, in characters.</summary>
    public const int JunkNameCharsMax = 200;

    /// <summary>Longest time for an answer, in seconds: a day.</summary>
    public const int CallbackSecondsMax = 86_400;

    /// <summary>A company that says nothing.</summary>
    public static CompanyHydration Unsaid { get; } = new();

    /// <summary>The languages of print in pictures and scans, by tesseract's names; null leaves it to the server.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Names of files that nobody looks for; null leaves it to the server, none keeps all files.</summary>
    public IReadOnlyList<string>? JunkNames { get; init; }

    /// <summary>Names of folders whose content nobody looks for; null leaves it to the server, none keeps all folders.</summary>
    public IReadOnlyList<string>? JunkFolders { get; init; }

    /// <summary>How long a hydrater elsewhere may take to answer, in seconds; null leaves it to the server.</summary>
    public int? CallbackSeconds { get; init; }

    /// <summary>Whether files stay once their documents are hydrated, as if each had <c>source: null</c>.</summary>
    public bool KeepsOriginals { get; init; }

    /// <summary>What is wrong with a list of languages, after its name; null when nothing is.</summary>
    public static string? FindLanguagesFault(IReadOnlyList<string>? languages) =>
        languages is null || (languages.Count <= LanguagesMax && languages.All(IsLanguage))
            ? null
            : $"must be at most {LanguagesMax} names of languages such as 'eng' or 'chi_sim'";

    /// <summary>What is wrong with names of junk, after the list's name; null when nothing is.</summary>
    /// <param name="names">The names.</param>
    /// <param name="most">How many there may be.</param>
    public static string? FindJunkFault(IReadOnlyList<string>? names, int most) =>
        names is null || (names.Count <= most && names.All(IsJunkName))
            ? null
            : $"must be at most {most} names of 1 to {JunkNameCharsMax} characters that are not all '*', without slashes";

    /// <summary>What is wrong with a time for answers, after its name; null when nothing is.</summary>
    public static string? FindSecondsFault(long? seconds) =>
        seconds is null or (>= 1 and <= CallbackSecondsMax) ? null : $"must be a whole number from 1 to {CallbackSecondsMax}";

    private static bool IsLanguage(string name) =>
        name.Length is > 0 and <= LanguageCharsMax && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>No slash, no control character, and not every name, as <c>*</c> alone is.</summary>
    private static bool IsJunkName(string name) =>
        name.Length <= JunkNameCharsMax && name.Any(c => c != '*') && !name.Any(c => c is '/' or '\\' || char.IsControl(c));
}
