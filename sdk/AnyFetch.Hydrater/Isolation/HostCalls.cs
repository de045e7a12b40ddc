using AnyFetch.Client;
using AnyFetch.Hydrater.Children;
using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydrater.Isolation;

/// <summary>
/// Does for one task what its worker cannot do itself. A worker may have been taken over by its file, so nothing that it
/// says is believed: programs run behind their own wall in the worker's folder, only children of the task's document are
/// made or deleted, and files are taken from nowhere but the worker's folder.
/// </summary>
internal sealed class HostCalls(HydrationContext context, ToolRunner tools, TempFolder folder, IsolationOptions options)
{
    private const int ToolSecondsMax = 3_600;
    private const int ToolErrorCharactersMax = 16_000;

    /// <summary>Answers one call. Failures are answers; only a broken conversation throws.</summary>
    internal async Task ServeAsync(CallMessage call, FrameChannel channel, CancellationToken cancellationToken)
    {
        var (reply, body) = await DoSafelyAsync(call, cancellationToken).ConfigureAwait(false);
        var frame = Frame.Of(FrameKind.Reply, reply, IsolationJson.Default.ReplyMessage, body);
        if (!await channel.WriteAsync(frame, cancellationToken).ConfigureAwait(false))
        {
            reply = new ReplyMessage(call.Id) { ToolEnd = ToolEnd.OutputFull, ExitCode = -1 };
            await channel.WriteAsync(Frame.Of(FrameKind.Reply, reply, IsolationJson.Default.ReplyMessage), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task<(ReplyMessage Reply, ReadOnlyMemory<byte> Body)> DoSafelyAsync(
        CallMessage call, CancellationToken cancellationToken)
    {
        try
        {
            return await DoAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (HydrationException error)
        {
            return (new ReplyMessage(call.Id) { Error = error.Message }, default);
        }
        catch (Exception error) when (error is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            // Whatever keeps the host from it, such as a core that is not reached, is the worker's to tell.
            return (new ReplyMessage(call.Id) { Error = error.Message, ErrorType = error.GetType().Name }, default);
        }
    }

    private async Task<(ReplyMessage Reply, ReadOnlyMemory<byte> Body)> DoAsync(CallMessage call, CancellationToken cancellationToken)
    {
        var reply = new ReplyMessage(call.Id);
        switch (call.Kind)
        {
            case CallKind.Tool when call.Tool is { } tool:
                return await RunAsync(reply, tool, cancellationToken).ConfigureAwait(false);
            case CallKind.AddChild when call.Child is { } child:
                var identifier = await context.Children.AddAsync(ToDraft(child), cancellationToken).ConfigureAwait(false);
                return (reply with { Identifier = identifier }, default);
            case CallKind.CompleteChildren:
                await context.Children.CompleteAsync(cancellationToken).ConfigureAwait(false);
                return (reply with { Children = Completed() }, default);
            case CallKind.DeleteChild when call.Identifier is { } doomed:
                await context.Children.DeleteAsync(doomed, cancellationToken).ConfigureAwait(false);
                return (reply, default);
            case CallKind.DeleteDocument:
                await context.DeleteDocumentAsync(cancellationToken).ConfigureAwait(false);
                return (reply, default);
            default:
                throw new InvalidDataException("The call lacks what it needs.");
        }
    }

    private async Task<(ReplyMessage Reply, ReadOnlyMemory<byte> Body)> RunAsync(
        ReplyMessage reply, ToolCommand command, CancellationToken cancellationToken)
    {
        if (command.Program.Contains('/'))
        {
            throw new HydrationException("Programs are named, not pointed at.");
        }

        var limits = command.Limits;
        var result = await tools.RunAsync(
            command with
            {
                Limits = limits with
                {
                    WallSeconds = Math.Min(limits.WallSeconds, ToolSecondsMax),
                    OutputBytesMax = Math.Min(limits.OutputBytesMax, options.MessageBytesMax),
                    ErrorCharactersMax = Math.Min(limits.ErrorCharactersMax, ToolErrorCharactersMax),
                },
            },
            cancellationToken).ConfigureAwait(false);
        return (reply with { ToolEnd = result.End, ExitCode = result.ExitCode, ToolError = result.Error }, result.Output);
    }

    /// <summary>What <see cref="ChildDocuments.CompleteAsync"/> wrote to this side's changes, which go no further.</summary>
    private ChildrenMessage? Completed()
    {
        if (!context.Changes.Data.TryGetPropertyValue("children", out var children))
        {
            return null;
        }

        return new ChildrenMessage(
            children?.AsArray().Select(child => child!.GetValue<string>()).ToList(), [.. context.Changes.Related]);
    }

    private ChildDraft ToDraft(ChildMessage child) => new()
    {
        Name = child.Name,
        Identifier = child.Identifier,
        DocumentType = child.DocumentType,
        Metadata = child.Metadata,
        Data = child.Data,
        Actions = child.Actions,
        File = child.File is { } file ? FileOf(file) : null,
        CreationDate = child.CreationDate,
        ModificationDate = child.ModificationDate,
        Related = child.Related,
    };

    private DocumentFile FileOf(ChildFileMessage file)
    {
        var path = WorkerFile.PathOf(folder, file.FileName);
        using var first = WorkerFile.Open(path);
        return new DocumentFile
        {
            Name = file.Name,
            ContentType = file.ContentType,
            Length = first.Length,
            Open = _ => ValueTask.FromResult<Stream>(WorkerFile.Open(path)),
        };
    }
}
