using System.CommandLine;
using AnyFetch.Certification;

namespace AnyFetch.Cli.Commands;

/// <summary><c>anyfetch certify</c></summary>
internal static class CertifyCommand
{
    private static readonly Argument<Uri?> s_url = new("URL")
    {
        Description = "The provider server.",
        CustomParser = UrlParser.Parse,
    };

    private static readonly Option<string> s_listen = new("--listen")
    {
        Description = "Where the core and the manager are played: what the provider must have as MANAGER_URL and API_URL.",
        HelpName = "URL",
        DefaultValueFactory = _ => new CertificationOptions(new Uri("http://127.0.0.1")).ListenUrl,
    };

    private static readonly Option<string[]> s_fields = new("--field")
    {
        Description = "NAME=VALUE for a field of its set-up form; may be repeated.",
        HelpName = "NAME=VALUE",
    };

    private static readonly Option<string?> s_run = new("--run")
    {
        Description = "A shell command that runs the provider: then it is also killed in the middle of a run.",
        HelpName = "COMMAND",
    };

    private static readonly Option<int> s_seconds = new("--timeout")
    {
        Description = "Seconds that one step may take.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 60,
    };

    public static Command Create()
    {
        var command = new Command("certify", "Check a provider server, in whatever language it is written.")
        {
            s_url, s_listen, s_fields, s_run, s_seconds,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var options = new CertificationOptions(parse.GetValue(s_url)!)
        {
            ListenUrl = parse.GetValue(s_listen)!,
            Fields = Fields(parse.GetValue(s_fields) ?? []),
            Command = parse.GetValue(s_run),
            StepSecondsMax = parse.GetValue(s_seconds),
        };
        try
        {
            return await ShowAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (CheckFailedException silent)
        {
            throw new CommandFailedException(ExitCode.Unreachable, silent.Message);
        }
    }

    private static async Task<int> ShowAsync(CertificationOptions options, CancellationToken cancellationToken)
    {
        var (failed, skipped) = (0, 0);
        await foreach (var result in Certifier.RunAsync(options, cancellationToken).ConfigureAwait(false))
        {
            failed += result.Outcome == CheckOutcome.Failed ? 1 : 0;
            skipped += result.Outcome == CheckOutcome.Skipped ? 1 : 0;
            var mark = result.Outcome switch { CheckOutcome.Passed => "ok  ", CheckOutcome.Failed => "FAIL", _ => "skip" };
            await Console.Out.WriteLineAsync($"{mark} {result.Name}").ConfigureAwait(false);
            if (result.Detail is not null)
            {
                await Console.Out.WriteLineAsync($"       {result.Detail}").ConfigureAwait(false);
            }
        }

        var total = Certifier.Names.Count;
        await Console.Out.WriteLineAsync(
            $"{total - failed - skipped} of {total} checks passed, {failed} failed, {skipped} skipped.").ConfigureAwait(false);
        return failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static Dictionary<string, string> Fields(string[] given)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new CommandFailedException(ExitCode.Usage, $"--field takes NAME=VALUE, not '{text}'.");
            }

            fields[text[..equals]] = text[(equals + 1)..];
        }

        return fields;
    }
}
