using System.CommandLine;
using AnyFetch.Server.Hydraters;
using Microsoft.Extensions.Hosting;

namespace AnyFetch.Cli.Commands;

/// <summary><c>anyfetch hydrater</c></summary>
internal static class HydraterCommand
{
    private static readonly Argument<string> s_name = new("NAME")
    {
        Description = "One of: " + string.Join(", ", StandAloneHydrater.Names) + ".",
    };

    private static readonly Option<string?> s_urls = new("--urls")
    {
        Description = "Addresses to listen on, separated by ';'. Default: http://127.0.0.1:8090.",
        HelpName = "URL",
    };

    private static readonly Option<string?> s_publicUrl = new("--public-url")
    {
        Description = "How the server reaches it. Default: the first of --urls.",
        HelpName = "URL",
    };

    private static readonly Option<Uri?> s_core = new("--core")
    {
        Description = "The server that it works for, and registers with when $ANYFETCH_TOKEN is an administrator's token.",
        HelpName = "URL",
        CustomParser = UrlParser.Parse,
    };

    private static readonly Option<string[]> s_allow = new("--allow")
    {
        Description = "A private host that tasks may name for files and answers; may be repeated.",
        HelpName = "HOST",
    };

    public static Command Create()
    {
        var command = new Command("hydrater", "Run one hydrater as a server of its own.")
        {
            s_name, s_urls, s_publicUrl, s_core, s_allow,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var settings = new StandAloneHydraterSettings(parse.GetValue(s_name)!)
        {
            Urls = parse.GetValue(s_urls),
            PublicUrl = parse.GetValue(s_publicUrl),
            Core = parse.GetValue(s_core),
            Token = Environment.GetEnvironmentVariable("ANYFETCH_TOKEN"),
            AllowedHosts = parse.GetValue(s_allow) ?? [],
        };
        await using var app = StandAloneHydrater.Build(settings)
            ?? throw new CommandFailedException(
                ExitCode.Usage, $"There is no hydrater {settings.Name}. There are: {string.Join(", ", StandAloneHydrater.Names)}.");
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        await Console.Out.WriteLineAsync($"The hydrater listens on {StandAloneHydrater.UrlOf(app)}").ConfigureAwait(false);
        await ServerLifetime.WaitAsync(app, cancellationToken).ConfigureAwait(false);
        await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
