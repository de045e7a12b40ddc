using System.CommandLine;
using AnyFetch.Cli.Profiles;
using AnyFetch.Client;

namespace AnyFetch.Cli.Commands;

/// <summary>Options that several commands have. Each command gets instances of its own.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Answer in JSON, for programs." };

    public static Option<string?> Data() => new("--data")
    {
        Description = "The data directory. Default: $ANYFETCH_DATA, else ./data.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ANYFETCH_DATA") ?? "data",
    };

    public static Option<string?> Urls() => new("--urls")
    {
        Description = "Addresses to listen on, separated by ';'. Default: http://127.0.0.1:8080.",
        HelpName = "URL",
    };

    public static Option<string?> Server() => new("--server")
    {
        Description = "The server. Default: $ANYFETCH_SERVER, else that of the last 'up' or 'login'.",
        HelpName = "URL",
    };

    public static Option<string[]> Set() => new("--set")
    {
        Description = "A setting, as KEY=VALUE; may be repeated. Keys are in docs/configuration.md.",
        HelpName = "KEY=VALUE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<string?> Config() => new("--config")
    {
        Description = "A JSON file with settings. Default: appsettings.json in the data directory.",
        HelpName = "FILE",
    };

    /// <summary>The server and token to use.</summary>
    public static ServerProfile RequireProfile(string? server, string? data)
    {
        server ??= Environment.GetEnvironmentVariable("ANYFETCH_SERVER");
        var saved = ProfileFile.Find(data);
        if (Environment.GetEnvironmentVariable("ANYFETCH_TOKEN") is { Length: > 0 } token)
        {
            return new ServerProfile(server ?? saved?.Server ?? "http://127.0.0.1:8080", token, "", saved?.Data);
        }

        return saved switch
        {
            null => throw new CommandFailedException(
                ExitCode.Refused, "No server is known yet. Type 'anyfetch up DIRECTORY' or 'anyfetch login URL' first."),
            _ when server is not null && !IsSame(server, saved.Server) => throw new CommandFailedException(
                ExitCode.Refused, $"There are no credentials for {server}. Type 'anyfetch login {server}' first."),
            _ => saved,
        };
    }

    /// <summary>The server to use, and its token when one is known.</summary>
    public static (string Server, string? Token) FindServer(string? server)
    {
        var saved = ProfileFile.Find(data: null);
        server ??= Environment.GetEnvironmentVariable("ANYFETCH_SERVER") ?? saved?.Server
            ?? throw new CommandFailedException(ExitCode.Usage, "No server is known: name it with --server URL.");
        return Environment.GetEnvironmentVariable("ANYFETCH_TOKEN") is { Length: > 0 } token
            ? (server, token)
            : (server, saved is not null && IsSame(server, saved.Server) ? saved.Token : null);
    }

    public static AnyFetchClient Connect(ServerProfile profile) =>
        new(new Uri(profile.Server), AnyFetchCredentials.Bearer(profile.Token), new AnyFetchClientOptions { RetriesMax = 1 });

    private static bool IsSame(string left, string right) =>
        Uri.TryCreate(left, UriKind.Absolute, out var one) && Uri.TryCreate(right, UriKind.Absolute, out var two)
        && one == two;
}
