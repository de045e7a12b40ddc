using AnyFetch.Server.Directories;

namespace AnyFetch.Cli.Output;

/// <summary>One line with a bar that is written over again and again, for people at a terminal.</summary>
internal sealed class LiveUpOutput : IUpOutput
{
    private const int BarChars = 20;
    private const int WidthDefault = 100;
    private const string StartOfLine = "\r\u001b[2K";

    public void Show(UpView view)
    {
        var whole = view.Sent + view.Left;
        var full = whole == 0 ? 0 : (int)(BarChars * view.Hydrated / Math.Max(whole, view.Hydrated));
        var line = $"[{new string('#', full)}{new string('.', BarChars - full)}] {UpText.Progress(view)}";

        // Some terminals do not say how wide they are.
        var width = Console.WindowWidth > BarChars ? Console.WindowWidth - 1 : WidthDefault;
        Console.Write(StartOfLine + (line.Length > width ? line[..width] : line));
    }

    public void Done(UpView view, string directory) =>
        Console.WriteLine(StartOfLine + UpText.Done(view, directory));

    public void Watching() => Console.WriteLine(UpText.Watching);

    public void Changed(DirectoryRun run, DateTimeOffset at) => Console.WriteLine(UpText.Changed(run, at));
}
