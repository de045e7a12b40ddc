namespace AnyFetch.Testing;

/// <summary>The repository that the tests were built from.</summary>
public static class RepositoryRoot
{
    private static readonly Lazy<IReadOnlyList<string>> s_files = new(() => [.. List()]);

    public static string Path { get; } = Find();

    /// <summary>Files that git tracks or would track, by their path from the root, with <c>/</c>.</summary>
    public static IReadOnlyList<string> Files => s_files.Value;

    /// <summary>Where a file or folder is.</summary>
    /// <param name="path">Its path from the root, with <c>/</c>.</param>
    public static string At(string path) => System.IO.Path.Combine(Path, path);

    public static string Read(string file) => File.ReadAllText(At(file));

    public static bool Has(string file) => File.Exists(At(file));

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(directory.FullName, "AnyFetch.slnx")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return directory.FullName;
    }

    private static IEnumerable<string> List()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true };
        foreach (var top in (string[])["src", "sdk", "providers", "hydraters", "cli", "tests", "benchmarks", "docs", "samples"])
        {
            var directory = At(top);
            if (!Directory.Exists(directory))
            {
                continue;
            }

            foreach (var file in Directory.EnumerateFiles(directory, "*", options))
            {
                var path = System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/');
                if (!path.Split('/').Any(part => part is "bin" or "obj" or "results"))
                {
                    yield return path;
                }
            }
        }
    }
}
