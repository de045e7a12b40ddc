namespace AnyFetch.Cli.Packages;

/// <summary>The Debian packages that the server uses, and how to tell that one is there: the one list of them.</summary>
internal static class DebianPackages
{
    private static readonly string[] s_libraryFolders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];

    private static readonly DebianPackage[] s_all =
    [
        new("libsqlite3-0", "keeps everything", () => HasLibrary("libsqlite3.so.0"), IsNeeded: true),
        new("poppler-utils", "reads PDF", () => HasProgram("pdftotext"), IsNeeded: false),
        new("libvips-tools", "makes thumbnails", () => HasProgram("vips"), IsNeeded: false),
        new("tesseract-ocr", "reads text in pictures", () => HasProgram("tesseract"), IsNeeded: false),
        new("tesseract-ocr-fra", "reads French in pictures", () => HasTesseractData("fra"), IsNeeded: false),
        new("fonts-liberation", "draws PDF without fonts of their own", () => Directory.Exists("/usr/share/fonts/truetype/liberation"), IsNeeded: false),
        new("libreoffice-writer-nogui", "reads and shows texts of office programs", () => HasOfficePart("sw"), IsNeeded: false),
        new("libreoffice-calc-nogui", "reads and shows spreadsheets", () => HasOfficePart("sc"), IsNeeded: false),
        new("libreoffice-impress-nogui", "reads and shows presentations", () => HasOfficePart("sd"), IsNeeded: false),
        new("bubblewrap", "keeps these tools from everything else", () => HasProgram("bwrap"), IsNeeded: false),
        new("chromium", "draws documents as images", () => HasProgram("chromium"), IsNeeded: false),
    ];

    /// <summary>Those that are not there.</summary>
    public static IReadOnlyList<DebianPackage> FindMissing() => [.. s_all.Where(p => !p.IsThere())];

    /// <summary>The line that installs packages.</summary>
    public static string InstallLine(IEnumerable<DebianPackage> packages) =>
        "apt-get install -y --no-install-recommends " + string.Join(' ', packages.Select(p => p.Name));

    private static bool HasLibrary(string name) => s_libraryFolders.Any(f => File.Exists(Path.Combine(f, name)));

    private static bool HasTesseractData(string language) =>
        File.Exists($"/usr/share/tesseract-ocr/5/tessdata/{language}.traineddata");

    private static bool HasOfficePart(string name) => File.Exists($"/usr/lib/libreoffice/program/lib{name}lo.so");

    private static bool HasProgram(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(f => File.Exists(Path.Combine(f, name)));
}

/// <summary>One package.</summary>
/// <param name="Name">Its name in Debian.</param>
/// <param name="Use">What it does for AnyFetch.</param>
/// <param name="IsThere">Tells whether it is installed.</param>
/// <param name="IsNeeded">True when nothing works without it; false when only one kind of file is not read.</param>
internal sealed record DebianPackage(string Name, string Use, Func<bool> IsThere, bool IsNeeded);
