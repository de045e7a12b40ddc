using AnyFetch.Server.Directories;

namespace AnyFetch.Cli.Output;

/// <summary>How <c>up</c> tells what happens: a line that changes, plain lines, or JSON.</summary>
internal interface IUpOutput
{
    void Show(UpView view);

    void Done(UpView view, string directory);

    /// <summary>Everything is searchable, and the command goes on.</summary>
    void Watching();

    void Changed(DirectoryRun run, DateTimeOffset at);
}
