using System.CommandLine;
using System.Text.Json;
using AnyFetch.Cli.Output;
using AnyFetch.Cli.Profiles;
using AnyFetch.Client;

namespace AnyFetch.Cli.Commands;

/// <summary><c>anyfetch login URL</c></summary>
internal static class LoginCommand
{
    private static readonly Argument<string> s_url = new("URL") { Description = "The server's address." };
    private static readonly Option<string> s_email = new("--email") { Description = "Your e-mail address.", Required = true };

    private static readonly Option<string?> s_password = new("--password-file")
    {
        Description = "A file with the password; '-' is the standard input. Asked for without it.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> s_json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("login", "Remember a server and a token of yours.") { s_url, s_email, s_password, s_json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(parse.GetValue(s_url), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new CommandFailedException(ExitCode.Usage, $"'{parse.GetValue(s_url)}' is no http address.");
        }

        var email = parse.GetValue(s_email)!;
        var password = await ReadPasswordAsync(parse.GetValue(s_password), cancellationToken).ConfigureAwait(false);
        var client = new AnyFetchClient(url, AnyFetchCredentials.Basic(email, password));
        var token = await client.GetTokenAsync(cancellationToken).ConfigureAwait(false);
        ProfileFile.Save(new ServerProfile(url.AbsoluteUri, token, email, null));
        Console.WriteLine(parse.GetValue(s_json)
            ? JsonSerializer.Serialize(new LoginView(url.AbsoluteUri, email), CliJson.Default.LoginView)
            : $"Signed in to {url.AbsoluteUri} as {email}.");
        return ExitCode.Done;
    }

    private static async Task<string> ReadPasswordAsync(string? path, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            return Console.IsInputRedirected
                ? throw new CommandFailedException(ExitCode.Usage, "There is nobody to ask: use --password-file.")
                : await HiddenPrompt.AskAsync("Password:", cancellationToken).ConfigureAwait(false);
        }

        var text = path == "-"
            ? await Console.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false)
            : await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        return text.TrimEnd('\r', '\n');
    }
}

/// <summary>What <c>login</c> answers in JSON.</summary>
internal sealed record LoginView(string Server, string Email);
