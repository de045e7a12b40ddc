using System.Diagnostics;
using System.Globalization;
using AnyFetch.Hydrater.Isolation;

namespace AnyFetch.Hydrater.Tools;

/// <summary>
/// Puts <c>prlimit</c> (resource limits) and a wall before a command, as far as this machine has and allows them. The best wall
/// is <c>bwrap</c> (<see cref="ToolView"/>): a file system of the system's programs and the task's folder, no network, no other
/// processes, no capabilities, and it dies with the thread that put it up (<see cref="ProcessStarter"/>). Without it, <c>unshare</c>
/// takes network and processes away, and <c>setpriv</c> has the program die with that thread. Together they cost about two
/// milliseconds. In a process namespace nothing survives the death of the first process, which is what makes "kill the whole
/// tree" certain.
/// </summary>
internal sealed class ToolSandbox
{
    /// <summary>
    /// Seconds that a wall's probe may take. Generous: on a machine that has much to do the wall must not be lost until the next start.
    /// </summary>
    private const int ProbeSeconds = 30;

    private const string BackgroundNiceness = "10";

    private static readonly string[] NamespaceArguments = ["--net", "--pid", "--fork", "--kill-child=SIGKILL"];

    private static readonly Lazy<ToolSandbox> Probed = new(Probe);

    private readonly string? _bwrap;
    private readonly IReadOnlyList<string> _unshare;

    private ToolSandbox(string? bwrap, IReadOnlyList<string> unshare)
    {
        _bwrap = bwrap;
        _unshare = unshare;
    }

    /// <summary>What this machine allows, found out once.</summary>
    internal static ToolSandbox Instance => Probed.Value;

    /// <summary>Whether programs run without a network.</summary>
    internal bool HasNoNetwork => HasPrivateView || _unshare.Count > 0;

    /// <summary>Whether programs see none of this machine's files but the system's and their task's.</summary>
    internal bool HasPrivateView => _bwrap is not null;

    /// <summary>The command line that runs the program under the limits, in its folder, with one file to read.</summary>
    internal List<string> Wrap(string program, ToolCommand command, string folder, string? file)
    {
        var limits = command.Limits;
        var line = new List<string>();
        if (command.IsBackground && ToolFinder.Find("nice") is { } nice)
        {
            line.AddRange([nice, "-n", BackgroundNiceness]);
        }

        if (_bwrap is null && ToolFinder.Find("setpriv") is { } setpriv)
        {
            line.AddRange([setpriv, "--pdeathsig", "KILL"]);
        }

        if (ToolFinder.Find("prlimit") is { } prlimit)
        {
            line.Add(prlimit);
            line.Add(string.Create(CultureInfo.InvariantCulture, $"--cpu={limits.CpuSeconds}:{limits.CpuSeconds + 1}"));
            line.Add(string.Create(CultureInfo.InvariantCulture, $"--as={limits.MemoryBytesMax}"));
            line.Add(string.Create(CultureInfo.InvariantCulture, $"--fsize={limits.FileBytesMax}"));
            line.Add("--core=0");
            line.Add("--");
        }

        line.AddRange(_bwrap is null ? _unshare : [_bwrap, .. ToolView.Of(program, folder, file)]);
        line.Add(program);
        line.AddRange(command.Arguments);
        return line;
    }

    /// <summary>
    /// The command line that runs a hydration worker: it lives as long as its host wants, so only its host limits its wall time.
    /// </summary>
    internal List<string> WrapWorker(IsolationOptions options, string folder, IEnumerable<string> readable)
    {
        var line = new List<string>();
        if (ToolFinder.Find("prlimit") is { } prlimit)
        {
            line.Add(prlimit);
            line.Add(string.Create(CultureInfo.InvariantCulture, $"--cpu={options.CpuSecondsMax}:{options.CpuSecondsMax + 1}"));
            line.Add(string.Create(CultureInfo.InvariantCulture, $"--as={options.AddressBytesMax}"));
            line.Add(string.Create(CultureInfo.InvariantCulture, $"--fsize={options.FileBytesMax}"));
            line.Add("--core=0");
            line.Add("--");
        }

        line.AddRange(_bwrap is null ? _unshare : [_bwrap, .. ToolView.OfWorker(folder, readable)]);
        line.Add(options.Program);
        line.AddRange(options.Arguments);
        return line;
    }

    private static ToolSandbox Probe()
    {
        if (ToolFinder.Find("true") is not { } nothing)
        {
            return new ToolSandbox(null, []);
        }

        if (ToolFinder.Find("bwrap") is { } bwrap)
        {
            // In a folder of its own, since the wall leaves the places in it that folders were shown at.
            using var folder = new TempFolder(Path.GetTempPath());
            if (Works([bwrap, .. ToolView.Of(nothing, folder.Path, null)], nothing))
            {
                return new ToolSandbox(bwrap, []);
            }
        }

        if (ToolFinder.Find("unshare") is not { } unshare)
        {
            return new ToolSandbox(null, []);
        }

        // Root may make namespaces; others may when the kernel lets them become root of a user namespace first.
        List<string> plain = [unshare, .. NamespaceArguments, "--"];
        List<string> asUser = [unshare, "--user", "--map-root-user", .. NamespaceArguments, "--"];
        return new ToolSandbox(null, Works(plain, nothing) ? plain : Works(asUser, nothing) ? asUser : []);
    }

    private static bool Works(List<string> wrapper, string program)
    {
        var start = new ProcessStartInfo(wrapper[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in wrapper.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        start.ArgumentList.Add(program);
        using var process = Process.Start(start);
        if (process is null)
        {
            return false;
        }

        if (!process.WaitForExit(TimeSpan.FromSeconds(ProbeSeconds)))
        {
            process.Kill(entireProcessTree: true);
            return false;
        }

        return process.ExitCode == 0;
    }
}
