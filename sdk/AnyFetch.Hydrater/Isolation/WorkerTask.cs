using System.Text.Json;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Hydrater.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace AnyFetch.Hydrater.Isolation;

/// <summary>One task inside a worker: the hydrater runs as it would anywhere, and its answer goes out as bytes.</summary>
internal sealed class WorkerTask
{
    /// <summary>Resident bytes above which memory is given back before the next task.</summary>
    private const long RoomyBytes = 96_000_000;

    private const int DetailCharactersMax = 4_000;

    private readonly Frame _frame;
    private readonly TaskMessage _task;
    private readonly FrameChannel _channel;
    private readonly TempFolder _folder;
    private readonly Func<string, IHydrater?> _find;

    internal WorkerTask(Frame frame, FrameChannel channel, TempFolder folder, Func<string, IHydrater?> find)
    {
        _frame = frame;
        _task = frame.Read(IsolationJson.Default.TaskMessage);
        _channel = channel;
        _folder = folder;
        _find = find;
        Calls = new WorkerCalls(channel, folder, _task.HasCore);
    }

    internal WorkerCalls Calls { get; }

    internal async Task RunAsync()
    {
        var (result, changes) = await HydrateSafelyAsync().ConfigureAwait(false);
        _folder.Empty();
        if (Environment.WorkingSet > RoomyBytes)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        result = result with { ResidentBytes = Environment.WorkingSet };
        var frame = Frame.Of(FrameKind.Result, result, IsolationJson.Default.ResultMessage, changes);
        if (!await _channel.WriteAsync(frame, CancellationToken.None).ConfigureAwait(false))
        {
            result = result with { Kind = HydrationResultKind.Failed, Error = "The file holds more than is allowed." };
            frame = Frame.Of(FrameKind.Result, result, IsolationJson.Default.ResultMessage);
            await _channel.WriteAsync(frame, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<(ResultMessage Result, ReadOnlyMemory<byte> Changes)> HydrateSafelyAsync()
    {
        try
        {
            return await HydrateAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (IsOutOfMemory(error))
        {
            return (Failed(null, null, null) with { IsOutOfMemory = true }, default);
        }
        catch (HydrationException error)
        {
            return (Failed(error.Message, null, null), default);
        }
        catch (IsolatedFailureException error)
        {
            return (Failed(error.Message, error.TypeName, null), default);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A hydrater is somebody else's code: whatever it throws becomes the document's error.
            return (Failed(error.Message, error.GetType().Name, error.ToString()), default);
        }
    }

    private async Task<(ResultMessage Result, ReadOnlyMemory<byte> Changes)> HydrateAsync()
    {
        var hydrater = _find(_task.Hydrater)
            ?? throw new InvalidOperationException($"The worker does not know the hydrater {_task.Hydrater}.");
        using var json = JsonDocument.Parse(_frame.Body, new JsonDocumentOptions { MaxDepth = 256 });
        var document = new HydrationDocument(json.RootElement);
        var file = _task.FileName is { } name
            ? new HydrationFile(Path.Combine(_folder.Path, name), document.SourcePath) : null;
        var access = new HydrationAccess(static () => null, Calls.DeleteDocumentAsync) { Calls = Calls };
        var context = new HydrationContext(document, file, _folder, TimeProvider.System, NullLogger.Instance, access);
        var result = await hydrater.HydrateAsync(context, CancellationToken.None).ConfigureAwait(false);
        if (result.Kind == HydrationResultKind.Failed)
        {
            return (Failed(result.Message, null, null), default);
        }

        if (result.Changes is not { IsEmpty: false } changes)
        {
            return (Ended(result.Kind == HydrationResultKind.Changed ? HydrationResultKind.Nothing : result.Kind), default);
        }

        _task.Output.Apply(changes);
        return (Ended(HydrationResultKind.Changed), changes.ToUtf8Json());
    }

    /// <summary>Hydraters wrap what they catch, and what they catch may be that.</summary>
    private static bool IsOutOfMemory(Exception? error) =>
        error is OutOfMemoryException || (error?.InnerException is { } inner && IsOutOfMemory(inner));

    private static ResultMessage Ended(HydrationResultKind kind) => new(kind, null, null, null, false, 0);

    private static ResultMessage Failed(string? error, string? type, string? detail) => new(
        HydrationResultKind.Failed, error, type,
        detail is { Length: > DetailCharactersMax } ? detail[..DetailCharactersMax] : detail, false, 0);
}
