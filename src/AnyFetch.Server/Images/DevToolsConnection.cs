using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;

namespace AnyFetch.Server.Images;

/// <summary>
/// Speaks the Chrome DevTools Protocol over a pair of pipes: JSON messages, each followed by a zero byte. Commands are
/// matched with their answers by number; events go to whoever listens to their session.
/// </summary>
internal sealed class DevToolsConnection : IDisposable
{
    /// <summary>Longest message from the browser; the longest is an image of all pixels that are allowed.</summary>
    private const int MessageBytesMax = 192 * 1024 * 1024;

    /// <summary>A buffer that grew beyond this is not kept for the next message.</summary>
    private const int BufferBytesKept = 1024 * 1024;

    private const int ReadBytes = 64 * 1024;

    private readonly Stream _toBrowser;
    private readonly Stream _fromBrowser;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _calls = new();
    private readonly ConcurrentDictionary<string, Action<string, JsonElement>> _listeners = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lastCall;

    public DevToolsConnection(Stream toBrowser, Stream fromBrowser)
    {
        _toBrowser = toBrowser;
        _fromBrowser = fromBrowser;
        _ = Task.Run(ReadAllAsync);
    }

    /// <summary>Ends when nothing comes from the browser any more. Never fails.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Sends a command and waits for its answer.</summary>
    /// <exception cref="BrowserFailureException">The browser refuses it, or is gone.</exception>
    public async Task<JsonElement> CallAsync(
        string? session,
        string method,
        Action<Utf8JsonWriter>? parameters,
        CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastCall);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[id] = answer;
        try
        {
            if (Ended.IsCompleted)
            {
                throw Gone();
            }

            await WriteAsync(ToMessage(id, session, method, parameters), cancellationToken).ConfigureAwait(false);
            return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _calls.TryRemove(id, out _);
        }
    }

    /// <summary>Waits for what an event brings, which never comes from a browser that is gone.</summary>
    /// <exception cref="BrowserFailureException">The browser is gone.</exception>
    public async Task WaitAsync(Task awaited, CancellationToken cancellationToken)
    {
        await Task.WhenAny(awaited, Ended).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!awaited.IsCompleted)
        {
            throw Gone();
        }

        await awaited.ConfigureAwait(false);
    }

    /// <summary>Hands the events of a session to a listener, one after the other. It must not block.</summary>
    public void Listen(string session, Action<string, JsonElement> listener) => _listeners[session] = listener;

    /// <summary>Hands no events of a session to anybody any more.</summary>
    public void Forget(string session) => _listeners.TryRemove(session, out _);

    /// <summary>
    /// Waits for the end of a browser that was killed. One of its processes that outlived it may hold the pipe for ever: after that
    /// time it counts as gone, and whoever still waits for it is told so.
    /// </summary>
    public async Task EndAsync(TimeSpan patience, TimeProvider timeProvider)
    {
        await Ended.WaitAsync(patience, timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        End();
    }

    /// <summary>Called once <see cref="Ended"/> is over.</summary>
    public void Dispose()
    {
        _toBrowser.Dispose();
        _fromBrowser.Dispose();
    }

    private static ReadOnlyMemory<byte> ToMessage(
        int id,
        string? session,
        string method,
        Action<Utf8JsonWriter>? parameters)
    {
        var message = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(message))
        {
            writer.WriteStartObject();
            writer.WriteNumber("id"u8, id);
            writer.WriteString("method"u8, method);
            if (session is not null)
            {
                writer.WriteString("sessionId"u8, session);
            }

            writer.WriteStartObject("params"u8);
            parameters?.Invoke(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        message.Write([(byte)0]);
        return message.WrittenMemory;
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Half a message would break the connection for everybody, so that nobody's patience interrupts it.
            await _toBrowser.WriteAsync(message, CancellationToken.None).ConfigureAwait(false);
            await _toBrowser.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Known here before the reader sees it: whoever tries again must not get the same browser.
            End();
            throw Gone();
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAllAsync()
    {
        try
        {
            await ReadMessagesAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or JsonException)
        {
            // The browser is gone, or no longer makes sense: the same to those who wait for it.
        }

        End();
    }

    private void End()
    {
        _ended.TrySetResult();
        foreach (var call in _calls.Values)
        {
            call.TrySetException(Gone());
        }
    }

    private async Task ReadMessagesAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(ReadBytes);
        while (buffer.WrittenCount <= MessageBytesMax)
        {
            var read = await _fromBrowser.ReadAsync(buffer.GetMemory(ReadBytes)).ConfigureAwait(false);
            if (read == 0)
            {
                return;
            }

            var searchFrom = buffer.WrittenCount;
            buffer.Advance(read);
            buffer = Dispatch(buffer, searchFrom);
        }
    }

    /// <summary>Takes the whole messages out of the buffer. Only what is new is searched for their ends.</summary>
    private ArrayBufferWriter<byte> Dispatch(ArrayBufferWriter<byte> buffer, int searchFrom)
    {
        var start = 0;
        while (true)
        {
            var length = buffer.WrittenSpan[searchFrom..].IndexOf((byte)0);
            if (length < 0)
            {
                break;
            }

            Handle(JsonElement.Parse(buffer.WrittenSpan[start..(searchFrom + length)]));
            start = searchFrom = searchFrom + length + 1;
        }

        if (start == 0)
        {
            return buffer;
        }

        var rest = buffer.WrittenSpan[start..].ToArray();
        if (buffer.Capacity > BufferBytesKept)
        {
            buffer = new ArrayBufferWriter<byte>(ReadBytes);
        }

        buffer.ResetWrittenCount();
        buffer.Write(rest);
        return buffer;
    }

    private void Handle(JsonElement message)
    {
        if (message.TryGetProperty("id"u8, out var id))
        {
            if (_calls.TryRemove(id.GetInt32(), out var call))
            {
                Answer(call, message);
            }
        }
        else if (message.TryGetProperty("sessionId"u8, out var session)
            && _listeners.TryGetValue(session.GetString()!, out var listener))
        {
            listener(message.GetProperty("method"u8).GetString()!, message.GetProperty("params"u8));
        }
    }

    private static void Answer(TaskCompletionSource<JsonElement> call, JsonElement message)
    {
        if (message.TryGetProperty("error"u8, out var error))
        {
            call.TrySetException(new BrowserFailureException(error.GetProperty("message"u8).GetString() ?? "refused"));
        }
        else
        {
            call.TrySetResult(message.GetProperty("result"u8));
        }
    }

    private static BrowserFailureException Gone() => new("The browser is gone.");
}
