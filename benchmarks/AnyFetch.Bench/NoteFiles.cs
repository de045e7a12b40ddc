using System.Globalization;

namespace AnyFetch.Bench;

/// <summary>Small text files in folders of 200.</summary>
internal static class NoteFiles
{
    private const int FilesPerFolder = 200;

    /// <summary>Writes the file of a number.</summary>
    public static void Write(string directory, int number, string text)
    {
        var folder = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"folder-{number / FilesPerFolder:D4}"));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"note-{number:D6}.txt")), text);
    }
}
