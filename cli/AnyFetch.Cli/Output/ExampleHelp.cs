using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AnyFetch.Cli.Output;

/// <summary>Help that ends with examples: most people read these first.</summary>
internal static class ExampleHelp
{
    private static readonly Dictionary<string, string[]> s_examples = new()
    {
        ["anyfetch"] =
        [
            "anyfetch up ~/Documents           index a directory, serve it, keep it up to date",
            "anyfetch search budget 2026       search from another terminal",
            "anyfetch status                   what is indexed, what is at work",
        ],
        ["up"] =
        [
            "anyfetch up                       the samples that come with AnyFetch",
            "anyfetch up ~/Documents           a directory of yours",
            "anyfetch up /srv/share --urls http://0.0.0.0:8080",
        ],
        ["serve"] =
        [
            "anyfetch serve --data /var/lib/anyfetch --urls http://127.0.0.1:8080",
            "ANYFETCH_ADMIN_EMAIL=me@example.org ANYFETCH_ADMIN_PASSWORD=... anyfetch serve",
            "anyfetch serve --set Store:Type=PostgreSql --set Roles=api,search",
        ],
        ["hydrater"] =
        [
            "ANYFETCH_TOKEN=... anyfetch hydrater plaintext --core http://127.0.0.1:8080",
            "anyfetch hydrater plaintext --urls http://0.0.0.0:8090 --allow search.example.org",
        ],
        ["search"] =
        [
            "anyfetch search invoice           every word must be there",
            "anyfetch search '\"annual report\"' 2026 --type document --limit 5",
            "anyfetch search budget --any --after 2026-01-01 --json",
        ],
        ["status"] = ["anyfetch status", "anyfetch status --json"],
        ["send"] = ["anyfetch send notes.txt report.pdf", "cat log | anyfetch send - --name today.log"],
        ["watch"] =
        [
            "anyfetch watch ~/Documents --server http://search.example.org",
            "ANYFETCH_TOKEN=... anyfetch watch /srv/share --server http://search.example.org --once",
        ],
        ["login"] = ["anyfetch login http://search.example.org --email me@example.org"],
        ["admin"] =
        [
            "anyfetch admin users              who has an account",
            "anyfetch admin password EMAIL     set a new password",
            "anyfetch admin dead               jobs that were given up, and why",
            "anyfetch admin retry              try them again",
            "anyfetch admin unindexed          documents that could not be indexed, and why",
            "anyfetch admin reindex            build the search index again",
        ],
        ["completion"] = ["anyfetch completion bash > /etc/bash_completion.d/anyfetch", "source <(anyfetch completion zsh)"],
    };

    /// <summary>Makes the help option of the whole command line show examples.</summary>
    public static void Install(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new Action((HelpAction)option.Action!);
        }
    }

    private sealed class Action(HelpAction inner) : SynchronousCommandLineAction
    {
        /// <summary>Whoever asks what a command wants need not know it.</summary>
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = inner.Invoke(parseResult);
            var name = parseResult.CommandResult.Command is RootCommand ? "anyfetch" : parseResult.CommandResult.Command.Name;
            if (s_examples.TryGetValue(name, out var examples))
            {
                var output = parseResult.InvocationConfiguration.Output;
                output.WriteLine("Examples:");
                foreach (var example in examples)
                {
                    output.WriteLine("  " + example);
                }

                output.WriteLine();
            }

            return code;
        }
    }
}
