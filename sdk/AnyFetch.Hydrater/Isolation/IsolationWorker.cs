using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydrater.Isolation;

/// <summary>
/// The inside of a worker process: takes one task after the other from standard input and answers on standard output, until
/// standard input ends because its host has died or let it go. A program that hosts isolated hydraters calls this when it is
/// started with <see cref="IsolationOptions.Arguments"/>:
/// <code>
/// if (args is ["worker"])
/// {
///     IsolationWorker.Run(name => hydraters.FirstOrDefault(h => h.Descriptor.ShortName == name));
///     return;
/// }
/// </code>
/// </summary>
public static class IsolationWorker
{
    internal const string MessageBytesVariable = "ANYFETCH_WORKER_MESSAGE_BYTES";

    /// <summary>One thread waits for the host, so the hydrater and what it waits for need some more from the beginning.</summary>
    private const int ThreadsMin = 8;

    /// <summary>Runs tasks until the host is gone. <paramref name="find"/> gives a hydrater by its short name.</summary>
    public static void Run(Func<string, IHydrater?> find)
    {
        ArgumentNullException.ThrowIfNull(find);
        ThreadPool.SetMinThreads(ThreadsMin, 1);
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        // A hydrater that prints something must not break the conversation.
        Console.SetOut(TextWriter.Null);
        var bytesMax = int.TryParse(Environment.GetEnvironmentVariable(MessageBytesVariable), out var bytes)
            ? bytes : new IsolationOptions { Program = "" }.MessageBytesMax;
        using var channel = new FrameChannel(input, output, bytesMax);
        Serve(channel, find, TempFolder.Existing(Path.TrimEndingDirectorySeparator(Path.GetTempPath())));
    }

    private static void Serve(FrameChannel channel, Func<string, IHydrater?> find, TempFolder folder)
    {
        Write(channel, new Frame(FrameKind.Ready, default, default));
        WorkerTask? current = null;
        while (Read(channel) is { } frame)
        {
            switch (frame.Kind)
            {
                case FrameKind.Task:
                    current = new WorkerTask(frame, channel, folder, find);
                    _ = Task.Run(current.RunAsync);
                    break;
                case FrameKind.Reply:
                    current?.Calls.Complete(frame);
                    break;
            }
        }
    }

    /// <summary>The main thread does nothing but wait here, so that the end of the host is noticed whatever a hydrater does.</summary>
    private static Frame? Read(FrameChannel channel) => channel.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();

    private static void Write(FrameChannel channel, Frame frame) =>
        channel.WriteAsync(frame, CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
