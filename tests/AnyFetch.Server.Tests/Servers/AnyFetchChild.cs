using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Servers;

/// <summary>A command of <c>anyfetch</c> that serves, as a process of its own which a test may kill and start again.</summary>
public abstract class AnyFetchChild : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _log = new();
    private Process? _process;

    protected AnyFetchChild()
    {
        Url = new Uri($"http://127.0.0.1:{FreePort()}/");
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Url };
    }

    public Uri Url { get; }

    public HttpClient Http { get; }

    /// <summary>Everything that the process wrote, of all its lives.</summary>
    public IReadOnlyCollection<string> Log => _log;

    public int ProcessId => _process!.Id;

    /// <summary>The path that answers 200 when it is ready.</summary>
    protected abstract string ReadyPath { get; }

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

        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts a command and waits until it says that it is ready.</summary>
    protected async Task StartAsync(IEnumerable<string> command, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "anyfetch.dll"), .. command])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };

        // What tells a test how long to run is no setting of the server's, which would refuse it.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ANYFETCH_TEST", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment.Where(pair => pair.Value is not null))
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => _log.Enqueue(e.Data ?? "");
        _process.ErrorDataReceived += (_, e) => _log.Enqueue(e.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.TrueAsync(
            async () => !_process.HasExited
                ? await IsReadyAsync()
                : throw new InvalidOperationException("The process ended:\n" + string.Join('\n', _log)),
            TimeSpan.FromSeconds(120),
            "the process is ready");
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await Http.GetAsync(ReadyPath);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
