using System.Net.Sockets;
using AnyFetch.Client;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Children;
using AnyFetch.Hydrater.Filters;
using AnyFetch.Hydrater.Tools;

namespace AnyFetch.HydrationWorker;

/// <summary>Does what a reader does that was taken over by its file: whatever <c>metadata.mode</c> says.</summary>
public sealed class HostileHydrater : IHydrater
{
    public HydraterDescriptor Descriptor { get; init; } = new()
    {
        ShortName = "hostile",
        Description = "Misbehaves.",
        Filters = [HydraterFilter.All],
        TimeoutSeconds = 120,
        Concurrency = 4,
    };

    public async Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        var argument = context.Document.MetadataText("argument") ?? "";
        var said = context.Document.MetadataText("mode") switch
        {
            "overflow" => Overflow(1).ToString(),
            "memory" => Fill(),
            "exit" => Exit(),
            "spin" => Spin(),
            "toil" => Toil(),
            "connect" => Connect(argument),
            "look" => Look(argument),
            "write" => Write(argument),
            "spoil" => Spoil(context),
            "litter" => Litter(context),
            "print" => Print(),
            "document" => context.Document.Json.GetRawText(),
            "processes" => Directory.GetDirectories("/proc").Count(d => int.TryParse(Path.GetFileName(d), out _)) < 10 ? "few" : "many",
            "child" => await ChildAsync(context, cancellationToken),
            "link" => await LinkAsync(context, argument, cancellationToken),
            "delete" => await DeleteAsync(context, argument, cancellationToken),
            "tool" => await ToolAsync(context, argument, cancellationToken),
            "transient" => throw new IOException("Not now."),
            _ => "nothing",
        };
        context.Changes.Metadata["said"] = said;
        return HydrationResult.Changed(context.Changes);
    }

    private static int Overflow(int depth) => depth > 0 ? Overflow(depth + 1) + 1 : 0;

    private static string Fill()
    {
        var kept = new List<byte[]>();
        while (true)
        {
            kept.Add(new byte[1 << 20]);
            kept[^1].AsSpan().Fill(1);
        }
    }

    private static string Exit()
    {
        Environment.Exit(3);
        return "";
    }

    private static string Spin()
    {
        while (true)
        {
            Thread.SpinWait(1000);
        }
    }

    /// <summary>Keeps the processor busy until it is made to yield.</summary>
    private static string Toil()
    {
        while (File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ')[17] == "0")
        {
            Thread.SpinWait(1000);
        }

        return "yielded";
    }

    private static string Connect(string port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", int.Parse(port, null));
            return "connected";
        }
        catch (SocketException)
        {
            return "refused";
        }
    }

    private static string Look(string path) => File.Exists(path) || Directory.Exists(path) ? "there" : "not there";

    private static string Write(string path)
    {
        try
        {
            File.WriteAllText(path, "x");
            return "written";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "refused";
        }
    }

    private static string Spoil(HydrationContext context)
    {
        File.WriteAllText(context.RequireFile().Path, "spoilt");
        return "spoilt";
    }

    private static string Litter(HydrationContext context)
    {
        Directory.CreateDirectory(Path.Combine(context.Temp.Path, "a", "b"));
        File.WriteAllText(Path.Combine(context.Temp.Path, "a", "b", "c"), "x");
        File.CreateSymbolicLink(Path.Combine(context.Temp.Path, "link"), "/");
        return context.Temp.Path;
    }

    private static string Print()
    {
        Console.WriteLine("This must not get between the frames.");
        Console.Error.WriteLine("Nor this.");
        return "printed";
    }

    private static async Task<string> ChildAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        var made = new List<Task<string>>();
        foreach (var name in (string[])["b.txt", "a.txt", "a.txt"])
        {
            var content = new MemoryStream("hello from inside"u8.ToArray());
            var file = await context.Children.FileOfAsync(content, 1_000, cancellationToken);
            made.Add(context.Children.AddAsync(new ChildDraft { Name = name, File = file }, cancellationToken));
        }

        var identifiers = await Task.WhenAll(made);
        await context.Children.CompleteAsync(cancellationToken);
        return string.Join(' ', identifiers);
    }

    private static async Task<string> LinkAsync(HydrationContext context, string target, CancellationToken cancellationToken)
    {
        var link = context.Temp.NewFilePath();
        var file = await context.Children.FileOfAsync(new MemoryStream([1]), 10, cancellationToken);
        var path = Directory.GetFiles(context.Temp.Path).Single(p => p != context.RequireFile().Path);
        File.Delete(path);
        File.CreateSymbolicLink(path, target);
        return await context.Children.AddAsync(new ChildDraft { Name = link, File = file }, cancellationToken);
    }

    private static async Task<string> DeleteAsync(HydrationContext context, string identifier, CancellationToken cancellationToken)
    {
        await context.Children.DeleteAsync(identifier, cancellationToken);
        return "deleted";
    }

    private static async Task<string> ToolAsync(HydrationContext context, string program, CancellationToken cancellationToken)
    {
        var result = await context.Tools.RunAsync(new ToolCommand(program, [context.RequireFile().Path]), cancellationToken);
        return $"{result.End} {result.OutputText}{result.Error}";
    }
}
