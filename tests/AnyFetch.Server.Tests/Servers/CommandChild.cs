using System.Collections.Concurrent;
using System.Diagnostics;

namespace AnyFetch.Server.Tests.Servers;

/// <summary>A command of <c>anyfetch</c> as a process of its own, which a test may stop or kill.</summary>
public class CommandChild : IAsyncDisposable
{
    /// <summary>Nothing takes so long to end unless it hangs.</summary>
    private static readonly TimeSpan s_endPatience = TimeSpan.FromMinutes(5);

    private static readonly string[] s_ofTests = ["ANYFETCH_TEST", "ANYFETCH_FUZZ", "ANYFETCH_NASTY", "ANYFETCH_WRITE_DOCS"];

    private readonly ConcurrentQueue<string> _log = new();
    private Process? _process;

    /// <summary>Everything that the process wrote, of all its lives.</summary>
    public IReadOnlyCollection<string> Log => _log;

    public int ProcessId => _process!.Id;

    /// <summary>Starts a command.</summary>
    public void Start(IEnumerable<string> command, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "anyfetch.dll"), .. command])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };

        // What tells a test how long to run is no setting of the server's, which would refuse it.
        foreach (var name in start.Environment.Keys
            .Where(name => s_ofTests.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            .ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment.Where(pair => pair.Value is not null))
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, e) => _log.Enqueue(e.Data ?? "");
        _process.ErrorDataReceived += (_, e) => _log.Enqueue(e.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Ends the process at whatever instruction it is (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the process to stop (SIGTERM) and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        return await EndAsync();
    }

    /// <summary>Waits until the process ends by itself and returns its exit code.</summary>
    public async Task<int> EndAsync()
    {
        try
        {
            await _process!.WaitForExitAsync().WaitAsync(s_endPatience);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException("The process does not end:\n" + string.Join('\n', Log));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether the process ended.</summary>
    protected bool HasEnded => _process!.HasExited;

    /// <summary>Gives up what belongs to the process.</summary>
    protected virtual void Dispose()
    {
    }
}
