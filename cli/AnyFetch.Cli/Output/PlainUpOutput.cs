using AnyFetch.Server.Directories;

namespace AnyFetch.Cli.Output;

/// <summary>A line now and then, for files and pipes.</summary>
internal sealed class PlainUpOutput : IUpOutput
{
    private const double SecondsBetweenLines = 2;
    private double _next;

    public void Show(UpView view)
    {
        if (view.ElapsedSeconds >= _next)
        {
            _next = view.ElapsedSeconds + SecondsBetweenLines;
            Console.WriteLine(UpText.Progress(view));
        }
    }

    public void Done(UpView view, string directory) =>
        Console.WriteLine(UpText.Done(view, directory));

    public void Watching() => Console.WriteLine(UpText.Watching);

    public void Changed(DirectoryRun run, DateTimeOffset at) => Console.WriteLine(UpText.Changed(run, at));
}
