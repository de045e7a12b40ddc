namespace AnyFetch.Bench;

/// <summary>Where the repository and the built program are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Program => Path.Combine(Root, "anyfetch");

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "AnyFetch.slnx")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The bench runs outside the repository.");
        }

        return directory.FullName;
    }
}
