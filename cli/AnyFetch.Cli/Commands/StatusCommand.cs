using System.CommandLine;
using System.Text.Json;
using AnyFetch.Cli.Output;
using AnyFetch.Cli.Profiles;
using AnyFetch.Client;
using Spectre.Console;

namespace AnyFetch.Cli.Commands;

/// <summary><c>anyfetch status</c></summary>
internal static class StatusCommand
{
    private static readonly Option<bool> s_json = CommonOptions.Json();
    private static readonly Option<string?> s_server = CommonOptions.Server();
    private static readonly Option<string?> s_data = CommonOptions.Data();

    public static Command Create()
    {
        var command = new Command("status", "What is indexed, what is at work, what failed.") { s_json, s_server, s_data };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var profile = CommonOptions.RequireProfile(parse.GetValue(s_server), parse.GetValue(s_data));
        var client = CommonOptions.Connect(profile);
        var company = await client.Companies.GetCurrentAsync(cancellationToken).ConfigureAwait(false);
        var sources = await client.Providers.ListAsync(cancellationToken).ConfigureAwait(false);
        var types = await client.DocumentTypes.ListAsync(cancellationToken).ConfigureAwait(false);
        var server = profile.Data is null
            ? null
            : await OperatorClient.TryGetStatusAsync(profile, cancellationToken).ConfigureAwait(false);
        var view = new StatusView(
            profile.Server,
            profile.Email,
            company.DocumentCount,
            types.Where(t => t.DocumentCount > 0).ToDictionary(t => t.Name, t => t.DocumentCount!.Value),
            [.. sources.Select(SourceView.Of)],
            server);
        if (parse.GetValue(s_json))
        {
            Console.WriteLine(JsonSerializer.Serialize(view, CliJson.Default.StatusView));
        }
        else
        {
            Write(Terminal.Create(), view);
        }

        return ExitCode.Done;
    }

    private static void Write(IAnsiConsole console, StatusView view)
    {
        console.MarkupLineInterpolated($"[bold]{view.Server}[/] as {view.Email}");
        var types = string.Join(", ", view.Types.OrderByDescending(t => t.Value).Select(t => $"{t.Value} {t.Key}"));
        console.MarkupLineInterpolated($"{view.Documents} documents{(types.Length == 0 ? "" : $": {types}")}");
        foreach (var source in view.Sources)
        {
            var state = source.NeedsReconnect ? "needs to be reconnected" : source.IsProviding ? "at work" : "idle";
            console.MarkupLineInterpolated(
                $"  {source.Name} [blue]{source.Account}[/]: {source.Documents} documents, {state}");
        }

        // Jobs that wait for their time, such as clean-ups, are nobody's concern.
        foreach (var queue in (view.ServerStatus?.Queues ?? []).Where(q => q.Running + q.Dead > 0 || q.OldestDueSeconds > 0))
        {
            console.MarkupLineInterpolated(
                $"  queue {queue.Queue}: {queue.Waiting} waiting, {queue.Running} running, {queue.Dead} given up");
        }

        if (view.ServerStatus?.Images is { } noImages)
        {
            console.MarkupLineInterpolated($"  [yellow]{noImages}[/]");
        }
    }
}
