using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace AnyFetch.Bench;

/// <summary>
/// One keep-alive HTTP connection that costs the client as little as possible: it shares the machine with the server.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[64 * 1024];

    /// <summary>The last answer with its headers, until the next request.</summary>
    public ReadOnlyMemory<byte> Answer { get; private set; }

    public Task ConnectAsync(int port, CancellationToken cancellationToken) =>
        _socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken).AsTask();

    /// <summary>Sends a request and reads its whole answer; returns the status.</summary>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await _socket.SendAsync(request, SocketFlags.None, cancellationToken);
        var filled = 0;
        while (true)
        {
            if (filled == _buffer.Length)
            {
                Array.Resize(ref _buffer, filled * 2);
            }

            var count = await _socket.ReceiveAsync(_buffer.AsMemory(filled), SocketFlags.None, cancellationToken);
            if (count == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            filled += count;
            if (IsWhole(_buffer.AsSpan(0, filled)))
            {
                Answer = _buffer.AsMemory(0, filled);
                return ((_buffer[9] - '0') * 100) + ((_buffer[10] - '0') * 10) + (_buffer[11] - '0');
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = answer[..end];
        var body = answer[(end + 4)..];
        var length = head.IndexOf("Content-Length: "u8);
        if (length >= 0)
        {
            return Utf8Parser.TryParse(head[(length + 16)..], out int bytes, out _) && body.Length >= bytes;
        }

        return head.IndexOf("chunked"u8) < 0 || body.EndsWith("0\r\n\r\n"u8);
    }
}
