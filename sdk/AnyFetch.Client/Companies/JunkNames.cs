using System.Text.RegularExpressions;

namespace AnyFetch.Client;

/// <summary>
/// Names of files and folders that nobody looks for (hydraters.md §15): a provider does not send them, an archive's are left in it,
/// and the filecleaner deletes what came all the same. A company may have names of its own.
/// </summary>
public sealed class JunkNames
{
    /// <summary>Most names of files.</summary>
    public const int FilesMax = 200;

    /// <summary>Most names of folders.</summary>
    public const int FoldersMax = 100;

    /// <summary>Longest name, in characters.</summary>
    public const int NameCharsMax = 200;

    /// <summary>A pattern grows no longer than this by one more name: filters of hydraters have room for 2,000 characters.</summary>
    private const int PatternCharsMax = 700;

    private const string PathStart = @"(^|[/\\])";
    private const string Special = @"\*+?|{}[]()^$.";
    private const string AnyCharacters = @"[^/\\]*";

    private readonly Regex[] _patterns;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _folders;

    /// <summary>Creates a list. Null stands for the default one.</summary>
    /// <param name="files">
    /// Names of files, compared without case with the last segment of a path; <c>*</c> stands for any characters but a slash.
    /// </param>
    /// <param name="folders">Names of folders, compared without case, whose whole content is junk.</param>
    /// <exception cref="ArgumentException">There are too many, or one cannot be a name (<see cref="FindFault"/>).</exception>
    public JunkNames(IReadOnlyList<string>? files, IReadOnlyList<string>? folders)
    {
        Files = files ?? DefaultFiles;
        Folders = folders ?? DefaultFolders;
        if (FindFault(Files, FilesMax) is { } fault)
        {
            throw new ArgumentException(fault, nameof(files));
        }

        if (FindFault(Folders, FoldersMax) is { } other)
        {
            throw new ArgumentException(other, nameof(folders));
        }

        _folders = new HashSet<string>(Folders, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        Patterns =
        [
            .. Join(Files.Select(PatternOf)).Select(n => $"{PathStart}({n})$"),
            .. Join(Folders.Select(Escape)).Select(n => $@"{PathStart}({n})([/\\]|$)"),
        ];
        _patterns = [.. Patterns.Select(Compile)];
    }

    /// <summary>The names of files that are junk where nobody says otherwise.</summary>
    public static IReadOnlyList<string> DefaultFiles { get; } =
    [
        "*.log", "*.lock", "*.lck", "*.tmp", "*.temp", "*.swp", "*.swo", "*.bak", "*.part", "*.crdownload", "*.partial",
        "*.pyc", "*.class", "*.o", "*.obj", "*.pid", "*.DS_Store", "Thumbs.db", "desktop.ini", "~$*", ".~lock.*", "._*",
        "*.lnk", "*.url", "*.torrent",
    ];

    /// <summary>The names of folders that are junk where nobody says otherwise.</summary>
    public static IReadOnlyList<string> DefaultFolders { get; } = ["__MACOSX", ".git", ".svn", "node_modules", "$RECYCLE.BIN"];

    /// <summary>The list where nobody says otherwise.</summary>
    public static JunkNames Default { get; } = new(null, null);

    /// <summary>The names of files.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The names of folders.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>
    /// The same as regular expressions over a path, to be compared without case: one that is found in it says junk. Each fits into a
    /// hydrater's filter.
    /// </summary>
    public IReadOnlyList<string> Patterns { get; }

    /// <summary>What is wrong with a list of names, such as "has at most 200 names"; null when nothing is.</summary>
    public static string? FindFault(IReadOnlyList<string> names, int most)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Count > most ? $"has at most {most} names"
            : names.All(IsName) ? null
            : $"has names of 1 to {NameCharsMax} characters that are not all '*', without slashes";
    }

    /// <summary>Whether a file is junk: by its own name, or by a folder's above it.</summary>
    /// <param name="path">A path with <c>/</c> or <c>\</c>, or a name alone.</param>
    public bool MatchesFile(ReadOnlySpan<char> path)
    {
        foreach (var pattern in _patterns)
        {
            if (pattern.IsMatch(path))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a folder of this name, and all that is in it, is junk.</summary>
    public bool MatchesFolder(ReadOnlySpan<char> name) => _folders.Contains(name);

    private static bool IsName(string name) =>
        name.Length <= NameCharsMax && name.Any(c => c != '*') && !name.Any(c => c is '/' or '\\' || char.IsControl(c));

    /// <summary>As many alternatives in one pattern as have room in it.</summary>
    private static IEnumerable<string> Join(IEnumerable<string> alternatives)
    {
        var joined = "";
        foreach (var alternative in alternatives)
        {
            if (joined.Length > PatternCharsMax)
            {
                yield return joined;
                joined = "";
            }

            joined = joined.Length == 0 ? alternative : $"{joined}|{alternative}";
        }

        if (joined.Length > 0)
        {
            yield return joined;
        }
    }

    private static string PatternOf(string name)
    {
        while (name.Contains("**", StringComparison.Ordinal))
        {
            name = name.Replace("**", "*", StringComparison.Ordinal);
        }

        return string.Join(AnyCharacters, name.Split('*').Select(Escape));
    }

    /// <summary>A text as all engines of regular expressions read it: not all of them know escaped blanks.</summary>
    private static string Escape(string text) =>
        string.Concat(text.Select(c => Special.Contains(c, StringComparison.Ordinal) ? $@"\{c}" : $"{c}"));

    private static Regex Compile(string pattern) =>
        new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
