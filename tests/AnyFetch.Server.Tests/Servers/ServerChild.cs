using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AnyFetch.Client;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Servers;

/// <summary>The real server as a process of its own, which a test may kill and start again on the same data.</summary>
public sealed class ServerChild : IAsyncDisposable
{
    private readonly string _data;
    private readonly string[] _settings;
    private readonly ConcurrentQueue<string> _log = new();
    private Process? _process;

    public ServerChild(string data, params string[] settings)
    {
        _data = data;
        _settings = settings;
        Url = new Uri($"http://127.0.0.1:{FreePort()}/");
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Url };
    }

    public Uri Url { get; }

    public HttpClient Http { get; }

    /// <summary>Everything that the process wrote, of all its lives.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>Where it makes its temporary files; null for the system's folder.</summary>
    public string? Temp { get; init; }

    public int ProcessId => _process!.Id;

    /// <summary>Starts <c>anyfetch serve</c> and waits until it says that it is ready.</summary>
    public Task StartAsync() => StartAsync("serve");

    /// <summary>Starts a command that serves, such as <c>up DIRECTORY</c>, and waits until it says that it is ready.</summary>
    public async Task StartAsync(params string[] command)
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "anyfetch.dll"), .. command, "--data", _data, "--urls", Url.AbsoluteUri.TrimEnd('/'),
            .. _settings.SelectMany(s => (string[])["--set", s]),
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ANYFETCH_ADMIN_EMAIL"] = TestServer.AdminEmail;
        start.Environment["ANYFETCH_ADMIN_PASSWORD"] = TestServer.AdminPassword;
        start.Environment["XDG_CONFIG_HOME"] = _data;
        if (Temp is not null)
        {
            start.Environment["TMPDIR"] = Temp;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => _log.Enqueue(e.Data ?? "");
        _process.ErrorDataReceived += (_, e) => _log.Enqueue(e.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.TrueAsync(
            async () => !_process.HasExited
                ? await IsReadyAsync()
                : throw new InvalidOperationException("The server ended:\n" + string.Join('\n', _log)),
            TimeSpan.FromSeconds(60),
            "the server is ready");
    }

    /// <summary>The basic token of the administrator.</summary>
    public Task<string> GetTokenAsync() => new AnyFetchClient(
        Http, Url, AnyFetchCredentials.Basic(TestServer.AdminEmail, TestServer.AdminPassword)).GetTokenAsync(default);

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
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await Http.GetAsync("health/ready");
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
