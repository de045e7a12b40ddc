namespace AnyFetch.Search.Commits;

/// <summary>
/// A file beside an index that says that documents are missing from it, because one of its files was damaged. It stays until
/// the index is built anew, so that neither a new manifest nor a restart makes anybody forget.
/// </summary>
internal static class DamageMark
{
    private const string FileName = "damaged";

    /// <summary>What happened to the index in a directory; null when it is whole.</summary>
    public static string? Read(string directory) =>
        File.Exists(PathIn(directory)) ? File.ReadAllText(PathIn(directory)) : null;

    public static void Write(string directory, string damage) => File.WriteAllText(PathIn(directory), damage);

    private static string PathIn(string directory) => Path.Combine(directory, FileName);
}
