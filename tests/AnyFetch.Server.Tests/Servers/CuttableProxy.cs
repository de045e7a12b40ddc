using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AnyFetch.Server.Tests.Servers;

/// <summary>A TCP connection between two processes that a test may cut at any byte.</summary>
public sealed class CuttableProxy : IAsyncDisposable
{
    private const int BufferBytes = 16 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<TcpClient, TcpClient> _open = new();
    private readonly Task _accepting;

    public CuttableProxy()
    {
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    /// <summary>What is connected to it comes out at <see cref="Target"/>.</summary>
    public Uri Url { get; }

    /// <summary>Where connections lead.</summary>
    public Uri? Target { get; set; }

    /// <summary>How many connections there are.</summary>
    public int Open => _open.Count;

    /// <summary>How many connections were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts every connection there is, in both directions at once.</summary>
    public void Cut()
    {
        foreach (var (from, to) in _open)
        {
            Cuts++;
            Close(from, to);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(TcpClient from)
    {
        var to = new TcpClient();
        _open[from] = to;
        try
        {
            await to.ConnectAsync(IPAddress.Loopback, Target!.Port, _stop.Token);
            await Task.WhenAny(PumpAsync(from, to), PumpAsync(to, from));
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            // The one side hears of it by the end of its connection.
        }

        _open.TryRemove(from, out _);
        Close(from, to);
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            var buffer = new byte[BufferBytes];
            for (int count; (count = await from.GetStream().ReadAsync(buffer, _stop.Token)) > 0;)
            {
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _stop.Token);
            }
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            // The other pump ends with this one.
        }
    }

    private static bool IsBroken(Exception broken) => broken is IOException or SocketException or ObjectDisposedException
        or InvalidOperationException or OperationCanceledException;

    private static void Close(TcpClient from, TcpClient to)
    {
        from.Dispose();
        to.Dispose();
    }
}
