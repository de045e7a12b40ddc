using System.CommandLine;

namespace AnyFetch.Cli.Commands;

/// <summary><c>anyfetch completion SHELL</c>: the shell asks the program itself what may come next.</summary>
internal static class CompletionCommand
{
    private static readonly Argument<string> s_shell = new("SHELL") { Description = "bash, zsh or fish." };

    public static Command Create()
    {
        s_shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print a script that completes commands and options.") { s_shell };
        command.SetAction(parse => Console.Out.Write(parse.GetValue(s_shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Fish,
        }));
        return command;
    }

    private const string Bash = """
        _anyfetch() {
          local word="${COMP_WORDS[COMP_CWORD]}" IFS=$'\n'
          COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$word"))
        }
        complete -o default -F _anyfetch anyfetch ./anyfetch

        """;

    private const string Zsh = """
        #compdef anyfetch
        _anyfetch() {
          local -a found
          found=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          [ -n "$found" ] && compadd -a found || _files
        }
        compdef _anyfetch anyfetch ./anyfetch

        """;

    private const string Fish = """
        function __anyfetch_complete
            set -l line (commandline -cp)
            set -l words (commandline -opc)
            $words[1] "[suggest:"(string length -- $line)"]" "$line" 2>/dev/null
        end
        complete -c anyfetch -a '(__anyfetch_complete)'

        """;
}
