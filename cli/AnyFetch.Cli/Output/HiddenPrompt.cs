using Spectre.Console;

namespace AnyFetch.Cli.Output;

/// <summary>Asks a person for what nobody else should see.</summary>
internal static class HiddenPrompt
{
    public static Task<string> AskAsync(string question, CancellationToken cancellationToken) =>
        new TextPrompt<string>(question).Secret(null).ShowAsync(AnsiConsole.Console, cancellationToken);
}
