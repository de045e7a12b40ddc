namespace AnyFetch.Providers;

/// <summary>
/// Names that nobody searches for. The same list as the filecleaner hydrater's (hydraters specification, section 15): what it
/// would delete is not even sent.
/// </summary>
internal static class JunkNames
{
    private static readonly string[] Endings =
    [
        ".log", ".lock", ".lck", ".tmp", ".temp", ".swp", ".swo", ".bak", ".part", ".crdownload", ".partial", ".pyc",
        ".class", ".o", ".obj", ".pid", ".DS_Store", ".lnk", ".url", ".torrent",
    ];

    private static readonly string[] Beginnings = ["~$", ".~lock.", "._"];

    private static readonly string[] Names = ["Thumbs.db", "desktop.ini"];

    private static readonly string[] Directories =
        ["__MACOSX", ".git", ".svn", "node_modules", "$RECYCLE.BIN"];

    public static bool Match(ReadOnlySpan<char> name, bool isDirectory)
    {
        foreach (var segment in Directories)
        {
            if (name.Equals(segment, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return !isDirectory && IsJunkFile(name);
    }

    /// <summary>Whether a file's path is junk: its own name, or a folder's above it.</summary>
    /// <param name="path">The path with <c>/</c>.</param>
    public static bool MatchPath(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return segments.Length > 0
            && (Match(segments[^1], isDirectory: false)
                || Array.Exists(segments[..^1], segment => Match(segment, isDirectory: true)));
    }

    private static bool IsJunkFile(ReadOnlySpan<char> name)
    {
        foreach (var ending in Endings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (var beginning in Beginnings)
        {
            if (name.StartsWith(beginning, StringComparison.Ordinal))
            {
                return true;
            }
        }

        foreach (var whole in Names)
        {
            if (name.Equals(whole, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
