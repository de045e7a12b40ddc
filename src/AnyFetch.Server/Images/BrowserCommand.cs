using System.Diagnostics;
using System.Globalization;

namespace AnyFetch.Server.Images;

/// <summary>
/// The command line of the browser. Around it, as far as the machine has and allows them: <c>prlimit</c> for its memory
/// and <c>unshare</c> for a network of its own, which has no other end.
/// </summary>
internal static class BrowserCommand
{
    /// <summary>The DevTools pipes are the file descriptors 3 and 4; the rest of what a browser says is of no use.</summary>
    private const string Script = "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1";

    /// <summary>Generous: a machine that has much to do must not lose this wall until the server is started again.</summary>
    private const int ProbeSeconds = 30;

    private static readonly string[] s_arguments =
    [
        "--headless",
        "--remote-debugging-pipe",
        "--no-first-run",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-extensions",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--disable-sync",
        "--disable-breakpad",
        "--no-pings",
        "--mute-audio",
        "--hide-scrollbars",

        // Large pictures would be missing from an image that is taken at once.
        "--disable-checker-imaging",
        "--force-color-profile=srgb",
        "--blink-settings=scriptEnabled=false",
        "--host-resolver-rules=MAP * ~NOTFOUND",
    ];

    private static readonly Lazy<string[]> s_unshare = new(FindUnshare);

    /// <summary>Where a program is, or null. A name is looked for in <c>PATH</c>.</summary>
    public static string? Find(string program)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            return File.Exists(program) ? program : null;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Append("/usr/bin").Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);
    }

    /// <summary>How to start the browser with a folder of its own.</summary>
    public static ProcessStartInfo Create(string browser, string folder, long memoryBytesMax)
    {
        List<string> line = ["-c", Script, "sh"];
        if (Find("prlimit") is { } prlimit)
        {
            // Not the address space: a browser reserves far more of it than it ever uses.
            line.AddRange([prlimit, string.Create(CultureInfo.InvariantCulture, $"--data={memoryBytesMax}"), "--core=0", "--"]);
        }

        line.AddRange(s_unshare.Value);
        line.Add(browser);
        line.AddRange(s_arguments);
        line.Add("--user-data-dir=" + Path.Combine(folder, "profile"));
        if (Environment.IsPrivilegedProcess)
        {
            // Chromium refuses to start as root with its own sandbox.
            line.Add("--no-sandbox");
        }

        var start = new ProcessStartInfo("/bin/sh", line)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };

        // Nothing of the server's environment, which may hold secrets, reaches the browser.
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        start.Environment["HOME"] = folder;
        start.Environment["TMPDIR"] = folder;
        start.Environment["LANG"] = "C.UTF-8";
        return start;
    }

    /// <summary>What goes before the browser; nothing where the kernel allows no namespaces.</summary>
    private static string[] FindUnshare()
    {
        if (Find("unshare") is not { } unshare || Find("true") is not { } nothing)
        {
            return [];
        }

        string[] line = Environment.IsPrivilegedProcess
            ? [unshare, "--net", "--pid", "--fork", "--kill-child=SIGKILL", "--"]
            : [unshare, "--user", "--map-current-user", "--net", "--"];
        using var process = Process.Start(new ProcessStartInfo(line[0], [.. line[1..], nothing])
        {
            RedirectStandardError = true,
        })!;
        if (process.WaitForExit(TimeSpan.FromSeconds(ProbeSeconds)))
        {
            return process.ExitCode == 0 ? line : [];
        }

        process.Kill(entireProcessTree: true);
        return [];
    }
}
