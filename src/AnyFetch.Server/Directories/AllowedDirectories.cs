using System.Text.Json;

namespace AnyFetch.Server.Directories;

/// <summary>
/// The directories that an operator made searchable with <c>anyfetch up</c>, kept in the data directory: they stay allowed,
/// and so up to date, when the server is started for another directory or on its own.
/// </summary>
public static class AllowedDirectories
{
    /// <summary>More are refused: each is walked and watched.</summary>
    public const int DirectoriesMax = 1_000;

    /// <summary>Where the list of a data directory stands: a JSON array of absolute paths.</summary>
    public static string PathIn(string data) => Path.Combine(data, "directories.json");

    /// <summary>The list; empty when there is none.</summary>
    /// <exception cref="InvalidOperationException">The file is no such list.</exception>
    public static IReadOnlyList<string> Read(string data)
    {
        var path = PathIn(data);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), DirectoryJson.Default.StringArray) ?? []
                : [];
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"{path} is no JSON array of directories: {e.Message}", e);
        }
    }

    /// <summary>Adds a directory. One that is in the list changes nothing.</summary>
    /// <exception cref="InvalidOperationException">The list is full, or cannot be read.</exception>
    public static void Add(string data, string directory)
    {
        var known = Read(data);
        if (known.Contains(directory, StringComparer.Ordinal))
        {
            return;
        }

        if (known.Count >= DirectoriesMax)
        {
            throw new InvalidOperationException($"{PathIn(data)} holds {DirectoriesMax} directories, which is the most.");
        }

        var next = PathIn(data) + ".next";
        File.WriteAllBytes(
            next, JsonSerializer.SerializeToUtf8Bytes([.. known, directory], DirectoryJson.Default.StringArray));
        File.Move(next, PathIn(data), overwrite: true);
    }
}
