using System.Collections.Concurrent;

namespace AnyFetch.Hydrater.Tools;

/// <summary>Finds native programs in the system's folders. What was found is remembered; what was not is looked for again.</summary>
public static class ToolFinder
{
    private static readonly string[] Folders = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];
    private static readonly ConcurrentDictionary<string, string> Found = new(StringComparer.Ordinal);

    /// <summary>The absolute path of a program, or null when it is not installed.</summary>
    public static string? Find(string program)
    {
        ArgumentException.ThrowIfNullOrEmpty(program);
        if (program.Contains('/'))
        {
            return File.Exists(program) ? program : null;
        }

        if (Found.TryGetValue(program, out var path))
        {
            return path;
        }

        path = Folders.Select(folder => $"{folder}/{program}").FirstOrDefault(File.Exists);
        if (path is not null)
        {
            Found[program] = path;
        }

        return path;
    }

    /// <summary>The reason for a hydrater's being unavailable, or null when all programs are installed.</summary>
    public static string? Missing(params IEnumerable<string> programs)
    {
        var missing = programs.Where(program => Find(program) is null).ToList();
        return missing.Count == 0 ? null : $"Not installed: {string.Join(", ", missing)}.";
    }
}
