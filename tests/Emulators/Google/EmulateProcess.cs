using System.Diagnostics;
using System.Globalization;

namespace AnyFetch.Emulators.Google;

/// <summary>
/// The emulator <c>emulate</c> of npm in the version that package-lock.json names, which others wrote after Google's
/// reference: a second opinion on our own. <c>./test</c> puts it into TestResults/emulate.
/// </summary>
public sealed class EmulateProcess : IAsyncDisposable
{
    private readonly Process _process;

    private EmulateProcess(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    /// <summary>Why it cannot run here; null when it can.</summary>
    /// <param name="root">The repository.</param>
    public static string? Missing(string root) => File.Exists(Script(root))
        ? null
        : "Needs the npm package emulate in TestResults/emulate: ./test puts it there where Node.js 20 and npm can.";

    /// <summary>Starts one that knows these people. Whoever needs it waits until it answers.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="directory">Where its seed is written.</param>
    /// <param name="email">The account.</param>
    /// <param name="port">Where it listens, which nobody else uses.</param>
    public static EmulateProcess Start(string root, string directory, string email, int port)
    {
        var seed = Path.Combine(directory, "seed.yaml");
        File.WriteAllText(seed, $"google:\n  users:\n    - email: {email}\n      name: Ann\n");
        string[] arguments =
        [
            "--require", Path.Combine(root, "tests/Emulators/Google/emulate/loopback.cjs"), Script(root), "start",
            "--service", "google", "--port", port.ToString(CultureInfo.InvariantCulture), "--seed", seed,
        ];
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");

        // Read on, so that it never waits for a reader.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new EmulateProcess(process, new Uri($"http://127.0.0.1:{port}/"));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Script(string root) =>
        Path.Combine(root, "TestResults/emulate/node_modules/emulate/dist/index.js");
}
