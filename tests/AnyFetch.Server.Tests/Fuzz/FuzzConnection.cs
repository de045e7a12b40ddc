using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>
/// A keep-alive connection that sends bytes as they are: an HTTP client would mend or refuse what the fuzzer sends.
/// </summary>
internal sealed class FuzzConnection(int port) : IDisposable
{
    /// <summary>Nothing takes as long as this unless it hangs, even on a busy machine.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private Socket? _socket;
    private byte[] _buffer = new byte[64 * 1024];
    private int _filled;

    /// <summary>Sends a request and reads its whole answer; null when the connection ends without one.</summary>
    /// <exception cref="TimeoutException">There is no answer.</exception>
    public async Task<FuzzAnswer?> SendAsync(byte[] request, bool hasNoBody)
    {
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            var socket = _socket ??= await ConnectAsync(patience.Token);
            _filled = 0;
            for (var sent = 0; sent < request.Length;)
            {
                sent += await socket.SendAsync(request.AsMemory(sent), SocketFlags.None, patience.Token);
            }

            var answer = await ReadAsync(socket, hasNoBody, patience.Token);
            if (answer is null || answer.Header("Connection") == "close")
            {
                Close();
            }

            return answer;
        }
        catch (SocketException)
        {
            Close();
            return null;
        }
        catch (OperationCanceledException)
        {
            Close();
            throw new TimeoutException($"No whole answer came within {s_patience.TotalSeconds} s.");
        }
    }

    public void Dispose() => Close();

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return socket;
    }

    private async Task<FuzzAnswer?> ReadAsync(Socket socket, bool hasNoBody, CancellationToken cancellationToken)
    {
        while (true)
        {
            int end;
            while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
            {
                if (!await FillAsync(socket, cancellationToken))
                {
                    return null;
                }
            }

            var head = Encoding.Latin1.GetString(_buffer, 0, end);
            var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
            Drop(end + 4);
            if (status >= 200)
            {
                var answer = new FuzzAnswer(status, head, []);
                var isEmpty = hasNoBody || status is 204 or 304;
                return answer with { Body = isEmpty ? [] : await ReadBodyAsync(socket, answer, cancellationToken) };
            }
        }
    }

    private async Task<byte[]> ReadBodyAsync(Socket socket, FuzzAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Header("Content-Length") is { } text)
        {
            return await TakeAsync(socket, int.Parse(text, CultureInfo.InvariantCulture), cancellationToken);
        }

        if (answer.Header("Transfer-Encoding") != "chunked")
        {
            while (await FillAsync(socket, cancellationToken))
            {
                // The end of the connection is the end of the body.
            }

            return await TakeAsync(socket, _filled, cancellationToken);
        }

        var body = new List<byte>();
        while (true)
        {
            int line;
            while ((line = _buffer.AsSpan(0, _filled).IndexOf("\r\n"u8)) < 0)
            {
                await DemandAsync(socket, cancellationToken);
            }

            var length = int.Parse(Encoding.ASCII.GetString(_buffer, 0, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            Drop(line + 2);
            body.AddRange(await TakeAsync(socket, length, cancellationToken));
            await TakeAsync(socket, 2, cancellationToken);
            if (length == 0)
            {
                return [.. body];
            }
        }
    }

    private async Task<byte[]> TakeAsync(Socket socket, int count, CancellationToken cancellationToken)
    {
        while (_filled < count)
        {
            await DemandAsync(socket, cancellationToken);
        }

        var taken = _buffer[..count];
        Drop(count);
        return taken;
    }

    private async Task DemandAsync(Socket socket, CancellationToken cancellationToken)
    {
        if (!await FillAsync(socket, cancellationToken))
        {
            throw new SocketException((int)SocketError.ConnectionReset);
        }
    }

    private async Task<bool> FillAsync(Socket socket, CancellationToken cancellationToken)
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _filled * 2);
        }

        var count = await socket.ReceiveAsync(_buffer.AsMemory(_filled), SocketFlags.None, cancellationToken);
        _filled += count;
        return count > 0;
    }

    private void Drop(int count)
    {
        _buffer.AsSpan(count, _filled - count).CopyTo(_buffer);
        _filled -= count;
    }
}
