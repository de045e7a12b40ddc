using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using AnyFetch.Hydrater.ChangeSets;
using AnyFetch.Hydrater.Sniffing;
using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydrater.Isolation;

/// <summary>
/// Stands for a hydrater and has a worker run it: same descriptor, same results. A worker that dies takes its task with it, which
/// gets a fresh one once; what kills that too is the file's error. Files that only a native tool reads need no worker.
/// </summary>
internal sealed class IsolatedHydrater : IHydrater
{
    private readonly IHydrater _hydrater;
    private readonly WorkerPool _pool;

    internal IsolatedHydrater(IHydrater hydrater, WorkerPool pool)
    {
        _hydrater = hydrater;
        _pool = pool;
        var unavailable = hydrater.Descriptor.Unavailable;
        Descriptor = hydrater.Descriptor with { Unavailable = () => unavailable() ?? pool.Fault };
    }

    /// <inheritdoc/>
    public HydraterDescriptor Descriptor { get; }

    /// <summary>The longest that a task waits for a worker.</summary>
    internal TimeSpan WaitMax => TimeSpan.FromSeconds(_pool.Options.WaitSeconds);

    /// <summary>Waits until a worker is free. It is not the document's fault, so its time does not run yet.</summary>
    internal Task<WorkerTurn> EnterAsync(CancellationToken cancellationToken) => _pool.EnterAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken) =>
        HydrateAsync(context, new OutputLimits(), cancellationToken);

    internal async Task<HydrationResult> HydrateAsync(
        HydrationContext context, OutputLimits output, CancellationToken cancellationToken)
    {
        if (context.File is { } file && IsReadByTool(file))
        {
            return await _hydrater.HydrateAsync(context, cancellationToken).ConfigureAwait(false);
        }

        for (var retries = 0; ; retries++)
        {
            try
            {
                return await AttemptAsync(context, output, cancellationToken).ConfigureAwait(false);
            }
            catch (WorkerDiedException death)
            {
                context.BeginAgain();
                IsolationLog.Died(context.Logger, Descriptor.ShortName, death.Message);
                if (retries >= _pool.Options.RetriesMax)
                {
                    throw new HydrationException($"The file cannot be read: {death.Message}");
                }
            }
        }
    }

    /// <summary>Whether the file's own bytes are read by a native tool alone, which has a wall of its own.</summary>
    private bool IsReadByTool(HydrationFile file) =>
        Descriptor.ToolContentTypes.Count > 0
        && ContentSniffer.SniffHead(file.Path) is { } type && Descriptor.ToolContentTypes.Contains(type);

    private async Task<HydrationResult> AttemptAsync(
        HydrationContext context, OutputLimits output, CancellationToken cancellationToken)
    {
        var worker = await _pool.TakeAsync(cancellationToken).ConfigureAwait(false);
        ResultMessage? result = null;
        try
        {
            (result, var changes) = await RunAsync(worker, context, output, cancellationToken).ConfigureAwait(false);
            return ToResult(result, changes, context);
        }
        finally
        {
            await _pool.ReturnAsync(worker, result).ConfigureAwait(false);
        }
    }

    private Task<(ResultMessage Result, ReadOnlyMemory<byte> Changes)> RunAsync(
        WorkerProcess worker, HydrationContext context, OutputLimits output, CancellationToken cancellationToken)
    {
        string? copy = null;
        if (context.File is { } file)
        {
            // A copy, since the worker could change what it gets, and neither links nor handles keep it from that.
            copy = worker.Folder.NewFilePath();
            File.Copy(file.Path, copy);
        }

        var task = new TaskMessage(
            Descriptor.ShortName, copy is null ? null : Path.GetFileName(copy), context.HasCore, output);
        var calls = new HostCalls(
            context, new ToolRunner(worker.Folder, copy, context.Time, context.Limit), worker.Folder, _pool.Options);
        return worker.RunAsync(task, DocumentOf(context.Document), calls, context.Limit, cancellationToken);
    }

    private static HydrationResult ToResult(ResultMessage result, ReadOnlyMemory<byte> changes, HydrationContext context)
    {
        if (result.IsOutOfMemory)
        {
            throw new HydrationException("The file cannot be read: it needs more memory than is allowed.");
        }

        return result.Kind switch
        {
            HydrationResultKind.Changed => HydrationResult.Encoded(changes),
            HydrationResultKind.Nothing => HydrationResult.Nothing,
            HydrationResultKind.Skipped => HydrationResult.Skipped,
            HydrationResultKind.Deleted => HydrationResult.Deleted,
            HydrationResultKind.Delegated => HydrationResult.Delegated,
            _ when result.ErrorType is { } type =>
                throw new IsolatedFailureException(type, result.Error ?? "", result.Detail),
            _ => throw new HydrationException(result.Error ?? "The content cannot be processed."),
        };
    }

    /// <summary>The document as it came, without the token, which stays on this side of the wall.</summary>
    private static ReadOnlyMemory<byte> DocumentOf(HydrationDocument document)
    {
        if (document.AccessToken.Length == 0)
        {
            return JsonMarshal.GetRawUtf8Value(document.Json).ToArray();
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in document.Json.EnumerateObject().Where(m => !m.NameEquals("access_token")))
            {
                member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
