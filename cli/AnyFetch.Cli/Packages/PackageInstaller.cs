using System.ComponentModel;
using System.Diagnostics;

namespace AnyFetch.Cli.Packages;

/// <summary>Installs missing Debian packages when it may, and says the one line to type when it may not.</summary>
internal static class PackageInstaller
{
    /// <exception cref="CommandFailedException">A package that nothing works without is missing.</exception>
    public static async Task EnsureAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var missing = DebianPackages.FindMissing();
        if (missing.Count == 0)
        {
            return;
        }

        var line = DebianPackages.InstallLine(missing);
        var sudo = Environment.IsPrivilegedProcess ? "" : "sudo ";
        if (await MayInstallAsync(cancellationToken).ConfigureAwait(false))
        {
            await output.WriteLineAsync($"Installing {string.Join(", ", missing.Select(p => p.Name))} ...").ConfigureAwait(false);
            await RunAsync($"{sudo}apt-get update -qq", cancellationToken).ConfigureAwait(false);
            await RunAsync($"{sudo}{line}", cancellationToken).ConfigureAwait(false);
            missing = DebianPackages.FindMissing();
            if (missing.Count == 0)
            {
                return;
            }
        }

        var uses = string.Join(", ", missing.Select(p => $"{p.Name} {p.Use}"));
        if (missing.Any(p => p.IsNeeded))
        {
            throw new CommandFailedException(ExitCode.Failed, $"Missing: {uses}. Type this, then try again:\n  sudo {line}");
        }

        await output.WriteLineAsync($"Missing: {uses}. To have it, type:\n  sudo {line}").ConfigureAwait(false);
    }

    private static async Task<bool> MayInstallAsync(CancellationToken cancellationToken) =>
        File.Exists("/usr/bin/apt-get")
        && (Environment.IsPrivilegedProcess || await RunAsync("sudo -n true", cancellationToken).ConfigureAwait(false));

    private static async Task<bool> RunAsync(string line, CancellationToken cancellationToken)
    {
        var words = line.Split(' ');
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        try
        {
            using var process = Process.Start(start)!;
            await Task.WhenAll(
                process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellationToken),
                process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken),
                process.WaitForExitAsync(cancellationToken)).ConfigureAwait(false);
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such program.
            return false;
        }
    }
}
