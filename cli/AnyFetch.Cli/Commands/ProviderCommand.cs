using System.CommandLine;
using AnyFetch.Server;
using AnyFetch.Server.Configuration;
using AnyFetch.Server.Providers;
using Microsoft.Extensions.Hosting;

namespace AnyFetch.Cli.Commands;

/// <summary><c>anyfetch provider</c></summary>
internal static class ProviderCommand
{
    private static readonly Argument<string> s_name = new("NAME")
    {
        Description = "One of: " + string.Join(", ", StandAloneProvider.Names) + ".",
    };

    private static readonly Option<string?> s_urls = new("--urls")
    {
        Description = "Addresses to listen on, separated by ';'. Default: http://127.0.0.1:8091.",
        HelpName = "URL",
    };

    private static readonly Option<string?> s_publicUrl = new("--public-url")
    {
        Description = "How browsers and the server reach it. Default: the first of --urls.",
        HelpName = "URL",
    };

    private static readonly Option<Uri?> s_core = new("--core")
    {
        Description = "The server that it works for. Its application there: $ANYFETCH_API_ID and $ANYFETCH_API_SECRET.",
        HelpName = "URL",
        CustomParser = UrlParser.Parse,
    };

    private static readonly Option<string?> s_data = new("--data")
    {
        Description = "Where its store is. Default: data.",
        HelpName = "DIRECTORY",
    };

    public static Command Create()
    {
        var command = new Command("provider", "Run one provider as a server of its own.")
        {
            s_name, s_urls, s_publicUrl, s_core, s_data,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var settings = new StandAloneProviderSettings(parse.GetValue(s_name)!)
        {
            Urls = parse.GetValue(s_urls),
            PublicUrl = parse.GetValue(s_publicUrl),
            Core = parse.GetValue(s_core),
            AppId = Environment.GetEnvironmentVariable("ANYFETCH_API_ID"),
            AppSecret = Environment.GetEnvironmentVariable("ANYFETCH_API_SECRET"),
            Configuration = new ServerSettings
            {
                Overrides = parse.GetValue(s_data) is { } data
                    ? new Dictionary<string, string?> { [nameof(ServerOptions.Data)] = data }
                    : new Dictionary<string, string?>(),
            },
        };
        if (settings.AppId is null || settings.AppSecret is null || settings.Core is null)
        {
            throw new CommandFailedException(
                ExitCode.Usage,
                "Register an application at the server (page Applications), then set $ANYFETCH_API_ID, $ANYFETCH_API_SECRET "
                + "and --core.");
        }

        await using var app = StandAloneProvider.Build(settings)
            ?? throw new CommandFailedException(
                ExitCode.Usage, $"There is no provider {settings.Name}. There are: {string.Join(", ", StandAloneProvider.Names)}.");
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        await Console.Out.WriteLineAsync($"The provider listens on {StandAloneProvider.UrlOf(app)}").ConfigureAwait(false);
        await ServerLifetime.WaitAsync(app, cancellationToken).ConfigureAwait(false);
        await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
