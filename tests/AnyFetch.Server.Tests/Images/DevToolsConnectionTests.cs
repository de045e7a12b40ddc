using System.IO.Pipes;
using AnyFetch.Server.Images;

namespace AnyFetch.Server.Tests.Images;

/// <summary>The end of a connection whose pipe somebody holds open.</summary>
public sealed class DevToolsConnectionTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    private readonly AnonymousPipeServerStream _toBrowser = new(PipeDirection.Out);
    private readonly AnonymousPipeServerStream _fromBrowser = new(PipeDirection.In);
    private readonly AnonymousPipeClientStream _read;
    private readonly AnonymousPipeClientStream _write;
    private readonly DevToolsConnection _connection;

    public DevToolsConnectionTests()
    {
        _read = new AnonymousPipeClientStream(PipeDirection.In, _toBrowser.ClientSafePipeHandle);
        _write = new AnonymousPipeClientStream(PipeDirection.Out, _fromBrowser.ClientSafePipeHandle);
        _connection = new DevToolsConnection(_toBrowser, _fromBrowser);
    }

    public void Dispose()
    {
        _write.Dispose();
        _read.Dispose();
        _connection.Dispose();
    }

    [Fact]
    public async Task A_pipe_that_stays_open_does_not_hold_up_the_end_and_who_waits_is_told()
    {
        var call = _connection.CallAsync(null, "Browser.getVersion", null, CancellationToken.None);
        var awaited = _connection.WaitAsync(new TaskCompletionSource().Task, CancellationToken.None);
        Assert.False(_connection.Ended.IsCompleted);

        await _connection.EndAsync(s_patience, TimeProvider.System);
        Assert.True(_connection.Ended.IsCompleted);
        await Assert.ThrowsAsync<BrowserFailureException>(() => call);
        await Assert.ThrowsAsync<BrowserFailureException>(() => awaited);
        await Assert.ThrowsAsync<BrowserFailureException>(
            () => _connection.CallAsync(null, "Browser.getVersion", null, CancellationToken.None));
        _connection.Dispose();
    }

    [Fact]
    public async Task A_pipe_that_is_closed_ends_it_at_once()
    {
        _write.Dispose();
        await _connection.EndAsync(Timeout.InfiniteTimeSpan, TimeProvider.System);
        Assert.True(_connection.Ended.IsCompleted);
    }
}
