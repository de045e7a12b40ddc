using System.CommandLine;
using AnyFetch.Cli.Output;
using AnyFetch.Cli.Packages;
using AnyFetch.Cli.Profiles;
using AnyFetch.Server;
using AnyFetch.Server.Directories;
using AnyFetch.Server.Operator;
using AnyFetch.Server.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Cli.Commands;

/// <summary><c>anyfetch up [DIRECTORY]</c>: from nothing to a searchable directory, and from then on up to date.</summary>
internal static class UpCommand
{
    private static readonly Argument<string?> s_directory = new("DIRECTORY")
    {
        Description = "The directory to make searchable. Default: the samples that come with AnyFetch.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> s_once = new("--once") { Description = "Stop when everything is searchable." };
    private static readonly Option<string?> s_data = CommonOptions.Data();
    private static readonly Option<string?> s_urls = CommonOptions.Urls();
    private static readonly Option<string?> s_config = CommonOptions.Config();
    private static readonly Option<string[]> s_set = CommonOptions.Set();
    private static readonly Option<bool> s_json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("up", "Set up, start, connect a directory, show progress, keep it up to date.")
        {
            s_directory, s_once, s_data, s_urls, s_config, s_set, s_json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetUtcNow();
        var json = parse.GetValue(s_json);
        var directory = FindDirectory(parse.GetValue(s_directory));
        await PackageInstaller.EnsureAsync(json ? Console.Error : Console.Out, cancellationToken).ConfigureAwait(false);
        var settings = SettingArguments.Of(
            parse.GetValue(s_data), parse.GetValue(s_urls), parse.GetValue(s_config), parse.GetValue(s_set));
        var overrides = new Dictionary<string, string?>(settings.Overrides, StringComparer.OrdinalIgnoreCase);
        overrides.TryAdd("Log:Level", "Warning");
        await using var app = AnyFetchServer.Build(settings with
        {
            Overrides = overrides,
            // Between the making of the data directory and that of the provider, which reads the list.
            Services = _ => AllowedDirectories.Add(overrides["Data"]!, directory),
        });
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await WelcomeAsync(app, overrides["Data"]!, json, cancellationToken).ConfigureAwait(false);
            using var connection = await ConnectAsync(app, directory, cancellationToken).ConfigureAwait(false);
            var progress = new UpProgress(app, connection, directory, began, UpProgress.OutputFor(json));
            await progress.ShowUntilDoneAsync(cancellationToken).ConfigureAwait(false);
            if (!parse.GetValue(s_once))
            {
                var following = progress.FollowAsync(app.Lifetime.ApplicationStopping);
                await ServerLifetime.WaitAsync(app, cancellationToken).ConfigureAwait(false);
                app.Lifetime.StopApplication();
                await following.ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is how this command ends; what is left goes on with the next start.
        }
        finally
        {
            await ServerLifetime.StopAsync(app).ConfigureAwait(false);
        }

        return ExitCode.Done;
    }

    private static string FindDirectory(string? argument)
    {
        var directory = argument
            ?? Environment.GetEnvironmentVariable("ANYFETCH_SAMPLES")
            ?? Path.Combine("samples", "documents");
        return Directory.Exists(directory) && DirectoryConnection.Resolve(directory) is { } real
            ? real
            : throw new CommandFailedException(ExitCode.Usage, $"{directory} is no directory.");
    }

    /// <summary>Prints what a person needs now, and remembers what other commands need later.</summary>
    private static async Task WelcomeAsync(WebApplication app, string data, bool json, CancellationToken cancellationToken)
    {
        var known = ProfileFile.Find(data);
        var url = AnyFetchServer.LocalUrlOf(app).AbsoluteUri;
        var access = await CommandLineAccess.EnsureAsync(
            app, known?.Data == data ? known.Token : null, cancellationToken).ConfigureAwait(false);
        ProfileFile.Save(new ServerProfile(url, access.Token, access.Email, data));
        if (json)
        {
            return;
        }

        Console.WriteLine($"AnyFetch is at {url}app");
        if (app.Services.GetRequiredService<FirstAdministrator>().Created is { } admin)
        {
            Console.WriteLine(admin.ToText());
        }

        // Other commands look for the data where nobody said another place.
        var where = Path.GetFullPath((string)s_data.GetDefaultValue()!) == data ? "" : $" --data {data}";
        Console.WriteLine(
            $"""
            From another terminal:
              ./anyfetch search WORDS{where}        search from the command line
              ./anyfetch status{where}              what is indexed, what is at work
              ./anyfetch send FILE{where}           add a file from elsewhere

            """);
    }

    private static async Task<DirectoryConnection> ConnectAsync(
        WebApplication app,
        string directory,
        CancellationToken cancellationToken)
    {
        try
        {
            return await DirectoryConnection.EnsureAsync(app, directory, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException e)
        {
            throw new CommandFailedException(ExitCode.Failed, e.Message);
        }
    }
}
