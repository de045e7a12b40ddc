namespace AnyFetch.Hydrater.Tools;

/// <summary>
/// The file system that a tool sees through <c>bwrap</c>: the system's programs, libraries and fonts, read-only; the file of
/// its task, read-only; the folder of its task, which is its <c>/tmp</c> too. The server's data, other tasks' folders, homes
/// and <c>/etc</c> are not there.
/// </summary>
internal static class ToolView
{
    private static readonly string[] SystemFolders = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

    /// <summary>What programs need of the machine's configuration: none of it is secret.</summary>
    private static readonly string[] Configuration =
    [
        "/etc/alternatives", "/etc/fonts", "/etc/ImageMagick-6", "/etc/ImageMagick-7", "/etc/ld.so.cache", "/etc/libreoffice",
        "/etc/localtime", "/var/cache/fontconfig",
    ];

    private static readonly string[] Fixed = MakeFixed();

    /// <summary>The arguments of <c>bwrap</c> that show a program its view.</summary>
    internal static List<string> Of(string program, string folder, string? file)
    {
        List<string> view = [.. Fixed, "--bind", folder, "/tmp", "--bind", folder, folder];
        if (file is not null)
        {
            view.AddRange(["--ro-bind", file, file]);
        }

        if (!IsOfSystem(program))
        {
            view.AddRange(["--ro-bind", program, program]);
        }

        view.AddRange(["--remount-ro", "/", "--chdir", folder, "--"]);
        return view;
    }

    /// <summary>
    /// The arguments of <c>bwrap</c> for a hydration worker: the system's programs, the folders that its own program is read from,
    /// and one folder to write to.
    /// </summary>
    internal static List<string> OfWorker(string folder, IEnumerable<string> readable)
    {
        List<string> view = [.. Fixed];
        foreach (var path in readable.Distinct().Where(path => !IsOfSystem(path + "/")))
        {
            view.AddRange(["--ro-bind", path, path]);
        }

        view.AddRange(["--bind", folder, folder, "--remount-ro", "/", "--chdir", folder, "--"]);
        return view;
    }

    private static bool IsOfSystem(string path) =>
        path.StartsWith("/usr/", StringComparison.Ordinal)
        || SystemFolders.Any(folder => path.StartsWith(folder + "/", StringComparison.Ordinal));

    private static string[] MakeFixed()
    {
        // Without a new session a program could write into the terminal that the server was started from.
        List<string> view = ["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--ro-bind", "/usr", "/usr"];
        foreach (var folder in SystemFolders.Select(f => new DirectoryInfo(f)).Where(f => f.Exists))
        {
            view.AddRange(folder.LinkTarget is { } target ? ["--symlink", target, folder.FullName] : ["--ro-bind", folder.FullName, folder.FullName]);
        }

        view.AddRange(Configuration.SelectMany(path => (string[])["--ro-bind-try", path, path]));
        view.AddRange(["--dev", "/dev", "--proc", "/proc"]);
        return [.. view];
    }
}
