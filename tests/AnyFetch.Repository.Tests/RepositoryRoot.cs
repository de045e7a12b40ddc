namespace AnyFetch.Repository.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    /// <summary>Files that git tracks or would track, by their path from the root, with <c>/</c>.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. List()];

    public static string Read(string file) => File.ReadAllText(System.IO.Path.Combine(Path, file));

    public static bool Has(string file) => File.Exists(System.IO.Path.Combine(Path, file));

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
            var directory = System.IO.Path.Combine(Path, top);
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
