using Spectre.Console;

namespace AnyFetch.Cli.Output;

/// <summary>The standard output: in colour and as wide as the terminal, or plain and unbroken for files and pipes.</summary>
internal static class Terminal
{
    private const int UnbrokenChars = 10_000;

    public static IAnsiConsole Create()
    {
        var isPlain = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = UnbrokenChars;
        }

        return console;
    }
}
