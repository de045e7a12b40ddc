using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AnyFetch.Bench;

/// <summary>A PostgreSQL of this run, in a directory of its own, that flushes each commit to the disk.</summary>
internal sealed class PrivatePostgreSql : IAsyncDisposable
{
    private const string User = "postgres";
    private const string Root = "/usr/lib/postgresql";

    private readonly string _binaries;
    private readonly string _directory;
    private readonly int _port;

    private PrivatePostgreSql(string binaries, string directory, int port)
    {
        _binaries = binaries;
        _directory = directory;
        _port = port;
    }

    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username={User};Database={User};Maximum Pool Size=40");

    private string Data => Path.Combine(_directory, "data");

    public static async Task<PrivatePostgreSql> StartAsync(CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("anyfetch-bench-postgres-").FullName;
        var server = new PrivatePostgreSql(Find(), directory, FreePort());
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync(["chown", User, directory], cancellationToken);
        }

        await server.RunToolAsync(
            ["initdb", "-D", server.Data, "-A", "trust", "-U", User, "-E", "UTF8", "--locale=C"], cancellationToken);
        var options = FormattableString.Invariant($"-p {server._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=");
        await server.RunToolAsync(
            ["pg_ctl", "-D", server.Data, "-w", "-l", Path.Combine(directory, "log"), "-o", options, "start"], cancellationToken);
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await RunToolAsync(["pg_ctl", "-D", Data, "-m", "fast", "-w", "stop"], CancellationToken.None);
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>The server refuses to run as root, so its own system user runs it.</summary>
    private Task RunToolAsync(string[] command, CancellationToken cancellationToken)
    {
        string[] tool = [Path.Combine(_binaries, command[0]), .. command[1..]];
        return RunAsync(Environment.IsPrivilegedProcess ? ["runuser", "-u", User, "--", .. tool] : tool, cancellationToken);
    }

    /// <summary>Output goes nowhere: a server that inherits a pipe would keep it open.</summary>
    private static async Task RunAsync(string[] command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", .. command])
        {
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}.");
        }
    }

    private static string Find() => (Directory.Exists(Root) ? Directory.EnumerateDirectories(Root) : [])
        .Select(path => Path.Combine(path, "bin"))
        .Where(path => File.Exists(Path.Combine(path, "initdb")))
        .Order(StringComparer.Ordinal)
        .LastOrDefault() ?? throw new InvalidOperationException(
            "PostgreSQL is needed under /usr/lib/postgresql. On Debian: apt-get install postgresql");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
