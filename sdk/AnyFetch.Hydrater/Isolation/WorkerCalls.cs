using System.Collections.Concurrent;
using AnyFetch.Client;
using AnyFetch.Hydrater.Children;
using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydrater.Isolation;

/// <summary>What a worker has its host do, because it has neither a network nor the right to start programs outside its wall.</summary>
internal sealed class WorkerCalls(FrameChannel channel, TempFolder folder, bool hasCore)
{
    /// <summary>Calls at the same time, well below what hosts allow; further ones wait here. A process has one task at a time.</summary>
    private const int CallsMax = 32;

    private static readonly SemaphoreSlim s_slots = new(CallsMax, CallsMax);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<(ReplyMessage Reply, ReadOnlyMemory<byte> Body)>> _open = new();
    private readonly ConcurrentDictionary<DocumentFile, string> _files = new(ReferenceEqualityComparer.Instance);
    private int _lastId;

    /// <summary>Whether other documents can be made, changed and deleted.</summary>
    internal bool HasCore => hasCore;

    /// <summary>Notes that a file lies in the worker's folder already, so that it is not copied to get there.</summary>
    internal void Know(DocumentFile file, string path) => _files[file] = path;

    internal async Task<ToolResult> RunToolAsync(ToolCommand command, CancellationToken cancellationToken)
    {
        var (reply, output) = await CallAsync(CallKind.Tool, cancellationToken, tool: command).ConfigureAwait(false);
        return new ToolResult(reply.ToolEnd, reply.ExitCode, output, reply.ToolError);
    }

    /// <summary>Makes a document. Everything up to the frame happens at once, so that children keep the order of their calls.</summary>
    internal async Task<string> AddChildAsync(ChildDraft child, CancellationToken cancellationToken)
    {
        var message = new ChildMessage(
            child.Name, child.Identifier, child.DocumentType, child.Metadata, child.Data, child.Actions, FileOf(child),
            child.CreationDate, child.ModificationDate, child.Related);
        var (reply, _) = await CallAsync(CallKind.AddChild, cancellationToken, child: message).ConfigureAwait(false);
        return reply.Identifier!;
    }

    /// <summary>Ends the making of documents; null when the task's document has nothing to say of children.</summary>
    internal async Task<ChildrenMessage?> CompleteChildrenAsync(CancellationToken cancellationToken)
    {
        var (reply, _) = await CallAsync(CallKind.CompleteChildren, cancellationToken).ConfigureAwait(false);
        return reply.Children;
    }

    internal Task DeleteChildAsync(string identifier, CancellationToken cancellationToken) =>
        CallAsync(CallKind.DeleteChild, cancellationToken, identifier: identifier);

    internal Task DeleteDocumentAsync(CancellationToken cancellationToken) =>
        CallAsync(CallKind.DeleteDocument, cancellationToken);

    /// <summary>Hands a reply to whoever waits for it.</summary>
    internal void Complete(Frame frame)
    {
        var reply = frame.Read(IsolationJson.Default.ReplyMessage);
        if (_open.TryRemove(reply.Id, out var waiting))
        {
            waiting.SetResult((reply, frame.Body));
        }
    }

    private async Task<(ReplyMessage Reply, ReadOnlyMemory<byte> Body)> CallAsync(
        CallKind kind, CancellationToken cancellationToken, ToolCommand? tool = null, ChildMessage? child = null,
        string? identifier = null)
    {
        await s_slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var call = new CallMessage(Interlocked.Increment(ref _lastId), kind, tool, child, identifier);
            return await CallAsync(call, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            s_slots.Release();
        }
    }

    private async Task<(ReplyMessage Reply, ReadOnlyMemory<byte> Body)> CallAsync(CallMessage call, CancellationToken cancellationToken)
    {
        var waiting = new TaskCompletionSource<(ReplyMessage, ReadOnlyMemory<byte>)>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        _open[call.Id] = waiting;
        var frame = Frame.Of(FrameKind.Call, call, IsolationJson.Default.CallMessage);
        if (!await channel.WriteAsync(frame, cancellationToken).ConfigureAwait(false))
        {
            throw new HydrationException("A document in the file holds more than is allowed.");
        }

        var (reply, body) = await waiting.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return reply switch
        {
            { Error: null } => (reply, body),
            { ErrorType: { } type } => throw new IsolatedFailureException(type, reply.Error, null),
            _ => throw new HydrationException(reply.Error),
        };
    }

    private ChildFileMessage? FileOf(ChildDraft child)
    {
        if (child.File is not { } file)
        {
            return null;
        }

        var path = _files.TryRemove(file, out var known) && Path.GetDirectoryName(known) == folder.Path ? known : CopyOf(file);
        return new ChildFileMessage(Path.GetFileName(path), file.Name, file.ContentType);
    }

    private string CopyOf(DocumentFile file)
    {
        var path = folder.NewFilePath();
        using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var opening = file.Open(CancellationToken.None);
        using var source = opening.IsCompletedSuccessfully ? opening.Result : opening.AsTask().GetAwaiter().GetResult();
        source.CopyTo(target);
        return path;
    }
}
