using System.Buffers;
using System.Diagnostics;
using System.Text;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Hydrater.Isolation;

namespace AnyFetch.Hydrater.Tools;

/// <summary>
/// Runs external programs for one task (hydration.md §9): a list of arguments and never a shell, limits on time, memory
/// and output, a private home and temp folder, no network where the system allows it, the whole process tree killed at the end.
/// </summary>
public sealed class ToolRunner
{
    private readonly TempFolder _temp;
    private readonly string? _file;
    private readonly WorkerCalls? _calls;
    private readonly WorkLimit? _limit;
    private readonly TimeProvider _time;

    /// <summary>Programs see the temp folder and, for reading, the task's file if it has one.</summary>
    internal ToolRunner(TempFolder temp, string? file, TimeProvider time, WorkLimit? limit)
    {
        _temp = temp;
        _file = file;
        _time = time;
        _limit = limit;
    }

    /// <summary>Inside a worker, the host runs the programs: a wall cannot be put up behind a wall.</summary>
    internal ToolRunner(TempFolder temp, string? file, TimeProvider time, HydrationAccess access)
        : this(temp, file, time, access.Limit) => _calls = access.Calls;

    /// <summary>
    /// Runs a program to its end. Its working, home and temp folder is the task's own. A limit that was hit is a result,
    /// not an exception; cancellation kills the program and throws.
    /// </summary>
    public async Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (_calls is not null)
        {
            return await _calls.RunToolAsync(command, cancellationToken).ConfigureAwait(false);
        }

        if (ToolFinder.Find(command.Program) is not { } program)
        {
            return new ToolResult(ToolEnd.NotFound, -1, default, $"{command.Program} is not installed.");
        }

        using var process = await StartAsync(program, command).ConfigureAwait(false);
        using var limit = new WorkLimit(command.Limits.WallSeconds, _time, _limit);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Over, cancellationToken);
        using var slow = SlowTool.Watch(process.Id, command, limit);
        try
        {
            process.StandardInput.Close();
            var error = ReadErrorAsync(process, command.Limits.ErrorCharactersMax, stop.Token);
            var (output, isFull) = await ReadOutputAsync(process, command.Limits.OutputBytesMax, stop.Token)
                .ConfigureAwait(false);
            if (isFull)
            {
                Kill(process);
            }

            var errorText = WithoutPaths(await error.ConfigureAwait(false));
            await process.WaitForExitAsync(stop.Token).ConfigureAwait(false);
            return isFull
                ? new ToolResult(ToolEnd.OutputFull, -1, output, errorText)
                : new ToolResult(ToolEnd.Exited, process.ExitCode, output, errorText);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ToolResult(ToolEnd.TimedOut, -1, default, $"{command.Program} took too long.");
        }
        finally
        {
            Kill(process);
        }
    }

    private Task<Process> StartAsync(string program, ToolCommand command)
    {
        var folder = _temp.Path;
        var line = ToolSandbox.Instance.Wrap(program, command, folder, _file);
        var start = new ProcessStartInfo(line[0])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        for (var i = 1; i < line.Count; i++)
        {
            start.ArgumentList.Add(line[i]);
        }

        // Nothing of the server's environment, which may hold secrets, reaches a tool.
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        start.Environment["HOME"] = folder;
        start.Environment["TMPDIR"] = folder;
        start.Environment["LANG"] = "C.UTF-8";
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        return ProcessStarter.OfTools.StartAsync(start);
    }

    /// <summary>Messages reach people, who have no use for the places of files on this machine.</summary>
    private string WithoutPaths(string message)
    {
        var text = _file is null ? message : message.Replace(_file, "{file_path}", StringComparison.Ordinal);
        return text.Replace(_temp.Path + "/", "", StringComparison.Ordinal);
    }

    private static async Task<(ReadOnlyMemory<byte> Output, bool IsFull)> ReadOutputAsync(
        Process process, int bytesMax, CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        var stream = process.StandardOutput.BaseStream;
        while (true)
        {
            var read = await stream.ReadAsync(output.GetMemory(16 * 1024), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return (output.WrittenMemory, false);
            }

            output.Advance(read);
            if (output.WrittenCount > bytesMax)
            {
                return (output.WrittenMemory[..bytesMax], true);
            }
        }
    }

    private static async Task<string> ReadErrorAsync(Process process, int charactersMax, CancellationToken cancellationToken)
    {
        var kept = new StringBuilder();
        var buffer = new char[1024];
        while (true)
        {
            var read = await process.StandardError.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return kept.ToString();
            }

            // The rest is still read, or the program would wait for ever on a full pipe.
            kept.Append(buffer, 0, Math.Min(read, Math.Max(0, charactersMax - kept.Length)));
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // It ended between the question and the kill.
        }
    }
}
