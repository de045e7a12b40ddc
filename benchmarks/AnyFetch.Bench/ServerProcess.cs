using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AnyFetch.Bench;

/// <summary>A real server in a process and a data directory of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>The administrator of every server that is measured.</summary>
    public const string Email = "bench@anyfetch.local";

    /// <summary>The administrator's password.</summary>
    public const string Password = "bench password";

    private const int TicksPerSecond = 100;
    private const int StartSecondsMax = 120;

    private readonly Process _process;
    private readonly PrivatePostgreSql? _database;

    private ServerProcess(Process process, PrivatePostgreSql? database, string data, int port)
    {
        _process = process;
        Tree = new ProcessTree(process.Id);
        _database = database;
        Data = data;
        Port = port;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromHours(1) };
    }

    public string Data { get; }

    public int Port { get; }

    public HttpClient Http { get; }

    /// <summary>The server with its workers and tools.</summary>
    public ProcessTree Tree { get; }

    public string Token { get; private set; } = "";

    /// <summary>From the start of the process until it said that it is ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>
    /// Starts <c>anyfetch serve</c>, or another command with the same options, on a directory that was prepared or on an
    /// empty one. The directory goes with the server.
    /// </summary>
    public static async Task<ServerProcess> StartAsync(
        string[] command,
        BenchOptions options,
        CancellationToken cancellationToken,
        string? data = null)
    {
        await BuildAsync(cancellationToken);
        data ??= Directory.CreateTempSubdirectory("anyfetch-bench-").FullName;
        var port = FreePort();
        string[] arguments = [.. command, "--data", data, "--urls", $"http://127.0.0.1:{port}", "--set", "Log:Level=Warning"];
        var database = options.StartsPostgreSql ? await PrivatePostgreSql.StartAsync(cancellationToken) : null;
        if ((database?.ConnectionString ?? options.Get("postgres")) is { } connection)
        {
            arguments = [.. arguments, "--set", "Store:Type=PostgreSql", "--set", $"Store:ConnectionString={connection}"];
        }

        var start = new ProcessStartInfo(Repository.Program, arguments) { RedirectStandardOutput = true };
        start.Environment["ANYFETCH_ADMIN_EMAIL"] = Email;
        start.Environment["ANYFETCH_ADMIN_PASSWORD"] = Password;
        start.Environment["XDG_CONFIG_HOME"] = data;
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        var server = new ServerProcess(process, database, data, port);
        await server.WaitUntilReadyAsync(clock, cancellationToken);
        return server;
    }

    /// <summary>CPU seconds that the server has used.</summary>
    public double CpuSeconds()
    {
        var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture))
            / (double)TicksPerSecond;
    }

    public double ResidentMegabytes() => Memory.ResidentMegabytes;

    public double PeakMegabytes() => Memory.PeakMegabytes;

    /// <summary>Files and connections that the server holds open.</summary>
    public int OpenHandles() => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    /// <summary>Forgets the peak so far: the kernel counts anew.</summary>
    public void ResetPeak() => Memory.ResetPeak();

    public double DiskMegabytes() => new DirectoryInfo(Data)
        .EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) / 1e6;

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        return json.RootElement.Clone();
    }

    /// <summary>Waits until a search counts this many documents.</summary>
    public async Task WaitForCountAsync(string query, long count, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while ((await GetAsync($"documents?limit=0&{query}", cancellationToken)).GetProperty("count").GetInt64() < count)
        {
            if (clock.Elapsed > s_patience)
            {
                throw new TimeoutException($"The server did not come to {count:#,0} documents in {s_patience.TotalMinutes:0} minutes.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Waits until no hydrater has anything to do.</summary>
    public async Task WaitUntilHydratedAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (await CountHydrationsAsync(cancellationToken) > 0)
        {
            if (clock.Elapsed > s_patience)
            {
                throw new TimeoutException($"The server did not end its hydrations in {s_patience.TotalMinutes:0} minutes.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Jobs that hydraters have or wait for, from lines such as <c>anyfetch_queue_waiting{queue="hydrate-pdf"} 3</c>.</summary>
    private async Task<double> CountHydrationsAsync(CancellationToken cancellationToken)
    {
        var metrics = await Http.GetStringAsync(new Uri("metrics", UriKind.Relative), cancellationToken);
        return metrics.Split('\n')
            .Where(line => line.StartsWith("anyfetch_queue_waiting{queue=\"hydrate", StringComparison.Ordinal)
                || line.StartsWith("anyfetch_queue_running{queue=\"hydrate", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    private ProcessMemory Memory => new($"{_process.Id}");

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(Data, recursive: true);
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    /// <summary>Builds now, so that the build is not measured.</summary>
    private static async Task BuildAsync(CancellationToken cancellationToken)
    {
        using var build = Process.Start(new ProcessStartInfo(Repository.Program, ["--version"])
        {
            RedirectStandardOutput = true,
        })!;
        await build.WaitForExitAsync(cancellationToken);
    }

    private async Task WaitUntilReadyAsync(Stopwatch clock, CancellationToken cancellationToken)
    {
        while (!await IsReadyAsync(cancellationToken))
        {
            if (_process.HasExited || clock.Elapsed.TotalSeconds > StartSecondsMax)
            {
                throw new InvalidOperationException("The server did not start.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
        }

        ReadyAfter = clock.Elapsed;
        Token = await SignInAsync(Http, Email, cancellationToken);
    }

    /// <summary>Makes a client a user's; returns the token.</summary>
    public static async Task<string> SignInAsync(HttpClient http, string email, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "token");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{email}:{Password}")));
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        var token = json.RootElement.GetProperty("token").GetString()!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return token;
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri("health/ready", UriKind.Relative), cancellationToken);
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
