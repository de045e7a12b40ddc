using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Net.Http;
using AnyFetch.Cli.Commands;
using AnyFetch.Cli.Output;
using AnyFetch.Client;
using AnyFetch.Server.Configuration;
using AnyFetch.Server.Http;

namespace AnyFetch.Cli;

/// <summary>The <c>anyfetch</c> command: its subcommands, and how their failures are told.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command line and returns its exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = CreateRoot();
        var result = root.Parse(args);
        if (result.CommandResult.Command.Subcommands.Count > 0 && result.UnmatchedTokens.Count == 0 && result.Action is null)
        {
            // A command that only has subcommands is a question: what is there?
            result = root.Parse([.. args, "--help"]);
        }

        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors)
            {
                await Console.Error.WriteLineAsync($"anyfetch: {error.Message}").ConfigureAwait(false);
            }

            await Console.Error.WriteLineAsync($"Try '{NameOf(result.CommandResult)} --help'.").ConfigureAwait(false);
            return ExitCode.Usage;
        }

        try
        {
            return await result.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(40),
            }).ConfigureAwait(false);
        }
        catch (Exception e) when (Explain(e) is { } failure)
        {
            await Failure.WriteAsync(failure, args.Contains("--json")).ConfigureAwait(false);
            return failure.ExitCode;
        }
    }

    public static RootCommand CreateRoot()
    {
        var root = new RootCommand("Search everything you own. Start with: anyfetch up DIRECTORY")
        {
            UpCommand.Create(),
            ServeCommand.Create(),
            SearchCommand.Create(),
            StatusCommand.Create(),
            SendCommand.Create(),
            WatchCommand.Create(),
            LoginCommand.Create(),
            AdminCommand.Create(),
            HydraterCommand.Create(),
            ProviderCommand.Create(),
            CertifyCommand.Create(),
            CompletionCommand.Create(),
        };
        ExampleHelp.Install(root);
        return root;
    }

    /// <summary>A command with those that it stands under.</summary>
    private static string NameOf(CommandResult command) =>
        command.Parent is CommandResult above ? $"{NameOf(above)} {command.Command.Name}" : "anyfetch";

    /// <summary>Failures that a person can do something about; null for bugs, which show their trace.</summary>
    private static CommandFailedException? Explain(Exception e) => e switch
    {
        CommandFailedException failed => failed,
        ConfigurationFaultException faults => new(ExitCode.Misconfigured, faults.Message),
        AnyFetchException { Status: System.Net.HttpStatusCode.Unauthorized or System.Net.HttpStatusCode.Forbidden } no =>
            new(ExitCode.Refused, $"The server refused: {no.Message} Use 'anyfetch login' to give other credentials."),
        AnyFetchException refused => new(ExitCode.Failed, $"The server refused: {refused.Message}"),
        HttpRequestException unreachable => new(
            ExitCode.Unreachable, $"The server cannot be reached: {unreachable.Message} Is 'anyfetch up' running?"),
        AddressTakenException => new(
            ExitCode.Failed, $"{e.Message} Another server listens there; choose another address with --urls."),
        OperationCanceledException => new(ExitCode.Interrupted, "Interrupted."),
        UnauthorizedAccessException or IOException => new(ExitCode.Failed, e.Message),
        _ => null,
    };
}
