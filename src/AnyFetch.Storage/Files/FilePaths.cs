using System.Buffers;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Files;

namespace AnyFetch.Storage.Files;

/// <summary>Where files lie: <c>files/{company}/{first two digits}/{SHA-256}</c>, unfinished ones in <c>files/tmp</c>.</summary>
internal sealed class FilePaths(string dataDirectory)
{
    private const int HashChars = 64;
    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdef");

    public string Root { get; } = Path.GetFullPath(Path.Combine(dataDirectory, "files"));

    public string Unfinished => Path.Combine(Root, "tmp");

    public string DirectoryOf(CompanyId company, FileHash file) =>
        Path.Combine(Root, company.ToString(), Checked(file)[..2]);

    public string PathOf(CompanyId company, FileHash file) => Path.Combine(DirectoryOf(company, file), file.Hex);

    /// <summary>Creates a file's directory; what was created is durable.</summary>
    public string MakeDirectoryOf(CompanyId company, FileHash file)
    {
        var directory = DirectoryOf(company, file);
        if (!Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory);
            DirectorySync.Flush(Path.GetDirectoryName(directory)!);
            DirectorySync.Flush(Root);
        }

        return directory;
    }

    public static bool IsHash(string name) =>
        name.Length == HashChars && !name.AsSpan().ContainsAnyExcept(s_hexDigits);

    /// <summary>A hash becomes a path, so nothing but a hash may.</summary>
    private static string Checked(FileHash file) =>
        IsHash(file.Hex) ? file.Hex : throw new ArgumentException("Not a SHA-256 in lower-case hexadecimal digits.");
}
