using AnyFetch.Client;

namespace AnyFetch.Providers.LocalDirectory;

/// <summary>Which paths are taken: no junk, no hidden names, nothing excluded, and of files only what is included.</summary>
internal sealed class PathFilter(LocalDirectoryProviderOptions options)
{
    private readonly Glob[] _include = [.. options.Include.Select(Glob.Parse)];
    private readonly Glob[] _exclude = [.. options.Exclude.Select(Glob.Parse)];

    /// <summary>What a list takes for junk.</summary>
    public static JunkTest TestOf(JunkNames junk) =>
        (name, isDirectory) => isDirectory ? junk.MatchesFolder(name) : junk.MatchesFile(name);

    /// <summary>Judges the last segment and the whole path; parents were judged when the walk came through them.</summary>
    public bool Accepts(string path, bool isDirectory, JunkTest isJunk)
    {
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        if (isJunk(name, isDirectory) || (!options.IncludeHidden && name.StartsWith('.')))
        {
            return false;
        }

        return !Array.Exists(_exclude, glob => glob.Matches(path))
            && (isDirectory || _include.Length == 0 || Array.Exists(_include, glob => glob.Matches(path)));
    }

    /// <summary>Judges a file that no walk led to.</summary>
    public bool AcceptsWithParents(string path, JunkTest isJunk)
    {
        for (var slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (!Accepts(path[..slash], isDirectory: true, isJunk))
            {
                return false;
            }
        }

        return Accepts(path, isDirectory: false, isJunk);
    }
}
