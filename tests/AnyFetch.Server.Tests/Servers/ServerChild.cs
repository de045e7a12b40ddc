using AnyFetch.Client;

namespace AnyFetch.Server.Tests.Servers;

/// <summary>The real server as a process of its own, which a test may kill and start again on the same data.</summary>
public sealed class ServerChild(string data, params string[] settings) : AnyFetchChild
{
    /// <summary>Where it makes its temporary files; null for the system's folder.</summary>
    public string? Temp { get; init; }

    protected override string ReadyPath => "health/ready";

    /// <summary>Starts <c>anyfetch serve</c> and waits until it says that it is ready.</summary>
    public Task StartAsync() => StartAsync("serve");

    /// <summary>Starts a command that serves, such as <c>up DIRECTORY</c>, and waits until it says that it is ready.</summary>
    public Task StartAsync(params string[] command) => StartAsync(
        (string[])
        [
            .. command, "--data", data, "--urls", Url.AbsoluteUri.TrimEnd('/'),
            .. settings.SelectMany(s => (string[])["--set", s]),
        ],
        ("ANYFETCH_ADMIN_EMAIL", TestServer.AdminEmail),
        ("ANYFETCH_ADMIN_PASSWORD", TestServer.AdminPassword),
        ("XDG_CONFIG_HOME", data),
        ("TMPDIR", Temp));

    /// <summary>The basic token of the administrator.</summary>
    public Task<string> GetTokenAsync() => new AnyFetchClient(
        Http, Url, AnyFetchCredentials.Basic(TestServer.AdminEmail, TestServer.AdminPassword)).GetTokenAsync(default);
}
