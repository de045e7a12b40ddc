using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AnyFetch.Cli.Output;
using AnyFetch.Client;
using AnyFetch.Providers.LocalDirectory;
using AnyFetch.Providers.LocalDirectory.Agent;

namespace AnyFetch.Cli.Commands;

/// <summary><c>anyfetch watch DIRECTORY [TOKEN]</c>, for a directory on another machine than the server's.</summary>
internal static class WatchCommand
{
    private const int WaitsMax = 60;
    private const int StateNameDigits = 24;

    private static readonly Argument<string> s_directory = new("DIRECTORY") { Description = "The directory to send and watch." };

    private static readonly Argument<string?> s_token = new("TOKEN")
    {
        Description = "Your token. Others on this machine can read it here: without it $ANYFETCH_TOKEN or that of 'login' is taken, or it is asked for.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> s_once = new("--once") { Description = "Compare once and end." };

    private static readonly Option<string?> s_name = new("--name")
    {
        Description = "What identifiers begin with; default: this machine's name. Give each directory of one account another.",
    };

    private static readonly Option<string[]> s_include = Globs("--include", "Take only files that match; may be repeated.");
    private static readonly Option<string[]> s_exclude = Globs("--exclude", "Leave out what matches; may be repeated.");
    private static readonly Option<bool> s_force = new("--force") { Description = "Delete however many files are missing." };
    private static readonly Option<bool> s_json = CommonOptions.Json();
    private static readonly Option<string?> s_server = CommonOptions.Server();

    public static Command Create()
    {
        var command = new Command("watch", "Keep a server elsewhere up to date with a directory of this machine.")
        {
            s_directory, s_token, s_once, s_name, s_include, s_exclude, s_force, s_json, s_server,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var (server, known) = CommonOptions.FindServer(parse.GetValue(s_server));
        if (!Uri.TryCreate(server, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new CommandFailedException(ExitCode.Usage, $"'{server}' is no http address.");
        }

        var token = parse.GetValue(s_token) ?? known ?? await AskAsync(cancellationToken).ConfigureAwait(false);
        var client = new AnyFetchClient(url, AnyFetchCredentials.Bearer(token));
        await CheckAsync(client, server, cancellationToken).ConfigureAwait(false);
        using var agent = NewAgent(Options(parse, url, token), client, token);
        var output = new WatchOutput(parse.GetValue(s_json));
        return parse.GetValue(s_once)
            ? await CompareAsync(agent, output, cancellationToken).ConfigureAwait(false)
            : await WatchAsync(agent, output, server, cancellationToken).ConfigureAwait(false);
    }

    private static DirectoryAgent NewAgent(DirectoryAgentOptions options, AnyFetchClient client, string token)
    {
        try
        {
            return new DirectoryAgent(options, client, token, TimeProvider.System);
        }
        catch (ArgumentException wrong)
        {
            throw new CommandFailedException(ExitCode.Usage, wrong.Message);
        }
    }

    private static async Task<int> WatchAsync(
        DirectoryAgent agent, WatchOutput output, string server, CancellationToken cancellationToken)
    {
        output.Watching(agent.Root, server);
        try
        {
            await agent.WatchAsync(output.Compared, output.Away, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Somebody stopped it, which is how it ends.
        }

        return ExitCode.Done;
    }

    // Files that are still written are waited for, but not without end.
    private static async Task<int> CompareAsync(
        DirectoryAgent agent, WatchOutput output, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var pass = await agent.CompareAsync(cancellationToken).ConfigureAwait(false);
            output.Compared(pass);
            if (pass.Waiting == 0 || attempt == WaitsMax)
            {
                return pass is { Waiting: 0, Failed: 0, Withheld: 0 } ? ExitCode.Done : ExitCode.Failed;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task CheckAsync(AnyFetchClient client, string server, CancellationToken cancellationToken)
    {
        try
        {
            await client.GetIndexAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AnyFetchException refused) when (refused.Status == HttpStatusCode.Unauthorized)
        {
            throw new CommandFailedException(ExitCode.Refused, $"{server} does not accept this token.");
        }
    }

    private static Task<string> AskAsync(CancellationToken cancellationToken) => Console.IsInputRedirected
        ? throw new CommandFailedException(ExitCode.Refused, "There is nobody to ask for a token: set ANYFETCH_TOKEN.")
        : HiddenPrompt.AskAsync("Token:", cancellationToken);

    private static DirectoryAgentOptions Options(ParseResult parse, Uri server, string token)
    {
        var files = new LocalDirectoryProviderOptions();
        files.HostId = parse.GetValue(s_name) ?? files.HostId;
        foreach (var glob in parse.GetValue(s_include) ?? [])
        {
            files.Include.Add(glob);
        }

        foreach (var glob in parse.GetValue(s_exclude) ?? [])
        {
            files.Exclude.Add(glob);
        }

        var directory = Path.GetFullPath(parse.GetValue(s_directory)!);
        return new DirectoryAgentOptions(directory, StatePath(directory, files.HostId, server, token))
        {
            Files = files, Force = parse.GetValue(s_force),
        };
    }

    // One for each directory and account; its name tells neither.
    private static string StatePath(string directory, string name, Uri server, string token)
    {
        var real = LocalDirectoryProvider.Resolve(directory) ?? directory;
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{server.AbsoluteUri}\n{token}\n{name}\n{real}"));
        var home = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state
            ? state
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(home, "anyfetch", "watch", Convert.ToHexStringLower(digest)[..StateNameDigits] + ".jsonl");
    }

    private static Option<string[]> Globs(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "GLOB",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };
}
