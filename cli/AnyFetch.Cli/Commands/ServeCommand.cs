using System.CommandLine;
using AnyFetch.Server;
using AnyFetch.Server.Configuration;
using AnyFetch.Server.Setup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AnyFetch.Cli.Commands;

/// <summary><c>anyfetch serve</c></summary>
internal static class ServeCommand
{
    private static readonly Option<string?> s_data = CommonOptions.Data();
    private static readonly Option<string?> s_urls = CommonOptions.Urls();
    private static readonly Option<string?> s_config = CommonOptions.Config();
    private static readonly Option<string[]> s_set = CommonOptions.Set();

    public static Command Create()
    {
        var command = new Command("serve", "Run the server alone.") { s_data, s_urls, s_config, s_set };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var settings = SettingArguments.Of(
            parse.GetValue(s_data), parse.GetValue(s_urls), parse.GetValue(s_config), parse.GetValue(s_set));
        await using var app = AnyFetchServer.Build(settings);
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        await Console.Out.WriteLineAsync($"AnyFetch listens on {AnyFetchServer.LocalUrlOf(app)}").ConfigureAwait(false);
        if (app.Services.GetRequiredService<FirstAdministrator>().Created is { } admin)
        {
            await Console.Out.WriteLineAsync(admin.ToText()).ConfigureAwait(false);
        }

        await ServerLifetime.WaitAsync(app, cancellationToken).ConfigureAwait(false);
        await ServerLifetime.StopAsync(app).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
