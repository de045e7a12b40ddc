using System.Diagnostics;
using System.Text;
using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydrater.Isolation;

/// <summary>A worker as its host sees it: a process, its folder, and the conversation with it.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const int ErrorCharactersMax = 2_000;

    /// <summary>How long a killed process may take to be gone.</summary>
    private static readonly TimeSpan s_death = TimeSpan.FromSeconds(5);

    private readonly IsolationOptions _options;
    private readonly TimeProvider _time;
    private readonly Process _process;
    private readonly FrameChannel _channel;
    private readonly Task<string> _error;

    private WorkerProcess(Process process, TempFolder folder, IsolationOptions options, TimeProvider time)
    {
        _process = process;
        _options = options;
        _time = time;
        Folder = folder;
        _channel = new FrameChannel(
            process.StandardOutput.BaseStream, process.StandardInput.BaseStream, options.MessageBytesMax);
        _error = Task.Run(ReadErrorAsync);
    }

    /// <summary>All that it can write to, and nobody else's; it is empty between tasks.</summary>
    internal TempFolder Folder { get; }

    /// <summary>The process that was started, which is the wall rather than the worker.</summary>
    internal int Id => _process.Id;

    internal int Tasks { get; private set; }

    /// <summary>When its last task ended.</summary>
    internal long IdleSince { get; set; }

    internal bool HasExited => _process.HasExited;

    /// <summary>Whether a task of it was made to yield the processor to everything else, which the next has not deserved.</summary>
    internal bool HasYielded { get; private set; }

    /// <summary>Starts a worker and waits until it can take tasks.</summary>
    internal static async Task<WorkerProcess> StartAsync(
        ProcessStarter starter, IsolationOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = new TempFolder(options.TempFolder);
        WorkerProcess? worker = null;
        try
        {
            var process = await starter.StartAsync(WorkerCommand.Of(options, folder.Path)).ConfigureAwait(false);
            worker = new WorkerProcess(process, folder, options, time);
            await worker.WaitUntilReadyAsync(cancellationToken).ConfigureAwait(false);
            return worker;
        }
        catch (Exception)
        {
            if (worker is not null)
            {
                await worker.DisposeAsync().ConfigureAwait(false);
            }

            folder.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs one task. Throws <see cref="WorkerDiedException"/> when the worker ends before it; after that, and after any other
    /// exception, it is of no use any more.
    /// </summary>
    internal async Task<(ResultMessage Result, ReadOnlyMemory<byte> Changes)> RunAsync(
        TaskMessage task, ReadOnlyMemory<byte> document, HostCalls calls, WorkLimit? limit,
        CancellationToken cancellationToken)
    {
        Tasks++;
        using var slow = SlowTool.WatchTask(_process.Id, limit);
        try
        {
            var frame = Frame.Of(FrameKind.Task, task, IsolationJson.Default.TaskMessage, document);
            if (!await _channel.WriteAsync(frame, cancellationToken).ConfigureAwait(false))
            {
                throw new HydrationException($"The document is larger than {_options.MessageBytesMax:N0} bytes.");
            }

            return await ConverseAsync(calls, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WorkerDiedException(await LastWordsAsync().ConfigureAwait(false));
        }
        finally
        {
            HasYielded |= slow.HasYielded;
        }
    }

    /// <summary>Ends the worker, whatever it does, and what it left.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It had ended by itself.
        }

        // The wall's inside dies after its outside; the end of its output is the end of both.
        using var limit = new CancellationTokenSource(s_death, _time);
        await _process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ((Task)_error).WaitAsync(s_death, _time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _channel.Dispose();
        _process.Dispose();
        Folder.Dispose();
    }

    private async Task<(ResultMessage Result, ReadOnlyMemory<byte> Changes)> ConverseAsync(
        HostCalls calls, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var serving = new List<Task>();
        try
        {
            while (await _channel.ReadAsync(cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false) is { } frame)
            {
                switch (frame.Kind)
                {
                    case FrameKind.Result:
                        return (frame.Read(IsolationJson.Default.ResultMessage), frame.Body);
                    case FrameKind.Call when serving.RemoveAll(s => s.IsCompletedSuccessfully) >= 0 && serving.Count < _options.CallsMax:
                        // It begins here, so that children keep the order of their calls.
                        serving.Add(calls.ServeAsync(frame.Read(IsolationJson.Default.CallMessage), _channel, stop.Token));
                        break;
                    default:
                        throw new WorkerDiedException("its reader did not keep to the rules.");
                }
            }
        }
        catch (InvalidDataException)
        {
            throw new WorkerDiedException("its reader did not keep to the rules.");
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        throw new WorkerDiedException(await LastWordsAsync().ConfigureAwait(false));
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        Frame? first;
        try
        {
            first = await _channel.ReadAsync(cancellationToken).AsTask()
                .WaitAsync(TimeSpan.FromSeconds(_options.StartSeconds), _time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is TimeoutException or InvalidDataException or IOException)
        {
            throw new IsolationException($"A hydration worker did not start: {error.Message}");
        }

        if (first is not { Kind: FrameKind.Ready })
        {
            throw new IsolationException($"A hydration worker did not start: {await LastWordsAsync().ConfigureAwait(false)}");
        }
    }

    /// <summary>Why the worker ended, as far as it can be told.</summary>
    private async Task<string> LastWordsAsync()
    {
        using var limit = new CancellationTokenSource(s_death, _time);
        await _process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var error = await _error.WaitAsync(s_death, _time, CancellationToken.None).ConfigureAwait(false);
        var line = error.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0) ?? "";
        return line switch
        {
            _ when line.StartsWith("Stack overflow", StringComparison.Ordinal) => "it is nested too deeply.",
            _ when line.Contains("ut of memory", StringComparison.Ordinal) => "it needs more memory than is allowed.",
            "" => $"its reader ended with code {(_process.HasExited ? _process.ExitCode : -1)}.",
            _ => $"its reader crashed ({(line.Length > 200 ? line[..200] : line)}).",
        };
    }

    private async Task<string> ReadErrorAsync()
    {
        var kept = new StringBuilder();
        var buffer = new char[1024];
        int read;
        while ((read = await _process.StandardError.ReadAsync(buffer, CancellationToken.None).ConfigureAwait(false)) > 0)
        {
            kept.Append(buffer, 0, Math.Min(read, ErrorCharactersMax - kept.Length));
        }

        return kept.ToString();
    }
}
