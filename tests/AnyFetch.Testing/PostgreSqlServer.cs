using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace AnyFetch.Testing;

/// <summary>
/// A real PostgreSQL, started once for the test run in a directory of its own and stopped at its end. Each test class
/// takes a database of its own from it.
/// </summary>
public sealed class PostgreSqlServer
{
    private const string SystemUser = "postgres";
    private static readonly Lazy<Task<PostgreSqlServer>> s_shared = new(() => Task.Run(StartAsync));

    private readonly string _binaries;
    private readonly string _directory;
    private readonly int _port = FreePort.Take();

    private PostgreSqlServer(string binaries, string directory)
    {
        _binaries = binaries;
        _directory = directory;
    }

    /// <summary>The server of this test run; the first caller starts it.</summary>
    public static Task<PostgreSqlServer> SharedAsync() => s_shared.Value;

    /// <summary>A server of the test's own, which it may stop and start again.</summary>
    public static Task<PostgreSqlServer> OwnAsync() => StartAsync();

    /// <summary>Ends the server as a crash does: no connection is told, nothing is finished.</summary>
    public Task CrashAsync() => RunToolAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    /// <summary>Starts the server again after <see cref="CrashAsync"/>, at the same port.</summary>
    public Task StartAgainAsync() => StartOnItsPortAsync();

    /// <summary>Ends the server and removes its files, now instead of at the end of the run.</summary>
    public void Remove() => Stop();

    /// <summary>Makes an empty database and gives its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    private static async Task<PostgreSqlServer> StartAsync()
    {
        var binaries = await FindOrInstallAsync();
        var directory = Directory.CreateTempSubdirectory("anyfetch-postgres-").FullName;
        var server = new PostgreSqlServer(binaries, directory);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", SystemUser, directory);
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Stop();
        await server.RunToolAsync("initdb", "-D", server.Data, "-A", "trust", "-U", SystemUser, "-E", "UTF8", "--locale=C", "-N");
        await server.StartOnItsPortAsync();
        return server;
    }

    private string Data => Path.Combine(_directory, "data");

    private string ConnectionString(string database) => string.Create(
        CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={_port};Username={SystemUser};Database={database};Maximum Pool Size=40;Timeout=60;Command Timeout=120");

    private async Task StartOnItsPortAsync()
    {
        // Tests ask for what PostgreSQL sees, not for what survives a power cut.
        var options = FormattableString.Invariant($"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=")
            + " -c fsync=off -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB";
        await RunToolAsync(
            "pg_ctl", "-D", Data, "-w", "-t", "120", "-l", Path.Combine(_directory, "log"), "-o", options, "start");
    }

    private void Stop()
    {
        try
        {
            RunToolAsync("pg_ctl", "-D", Data, "-m", "immediate", "stop").GetAwaiter().GetResult();
            Directory.Delete(_directory, recursive: true);
        }
        catch (Exception fault) when (fault is InvalidOperationException or IOException)
        {
            // It was removed before, or the run is over: a server that never started has nothing to stop.
        }
    }

    /// <summary>The server refuses to run as root, so its own system user runs it.</summary>
    private Task RunToolAsync(string tool, params string[] arguments)
    {
        var path = Path.Combine(_binaries, tool);
        return Environment.IsPrivilegedProcess
            ? RunAsync("runuser", ["-u", SystemUser, "--", path, .. arguments])
            : RunAsync(path, arguments);
    }

    private static async Task<string> FindOrInstallAsync()
    {
        if (Find() is { } found)
        {
            return found;
        }

        if (Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get"))
        {
            await RunAsync("apt-get", "install", "-y", "--no-install-recommends", "postgresql");
        }

        return Find() ?? throw new InvalidOperationException(
            "The tests need PostgreSQL 15 or newer under /usr/lib/postgresql. On Debian: apt-get install postgresql");
    }

    private static string? Find()
    {
        const string root = "/usr/lib/postgresql";
        return Directory.Exists(root)
            ? Directory.EnumerateDirectories(root)
                .Where(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var major) && major >= 15)
                .Select(path => Path.Combine(path, "bin"))
                .Where(path => File.Exists(Path.Combine(path, "initdb")))
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;
    }

    private static async Task RunAsync(string command, params string[] arguments)
    {
        // Output goes to files of the tool's own or nowhere: a server that inherits a pipe would keep it open.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", command, .. arguments])
        {
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
