using System.Diagnostics;
using AnyFetch.Core.Rendering;

namespace AnyFetch.Server.Images;

/// <summary>
/// A running browser with a temporary folder of its own. It ends by itself when this process dies, for its pipes close
/// then.
/// </summary>
internal sealed class Browser : IAsyncDisposable
{
    /// <summary>How long a page may take to close before the whole browser is ended, in seconds.</summary>
    private const int CloseSeconds = 2;

    /// <summary>How often the folder is tried to be removed while the browser's last processes die.</summary>
    private const int RemoveAttemptsMax = 50;

    /// <summary>How long a pipe may stay open when the browser is killed; its processes die within moments.</summary>
    private static readonly TimeSpan s_endPatience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_removePause = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly DevToolsConnection _connection;
    private readonly TimeProvider _timeProvider;

    private Browser(Process process, DirectoryInfo folder, TimeProvider timeProvider)
    {
        _process = process;
        _folder = folder;
        _timeProvider = timeProvider;
        _connection = new DevToolsConnection(process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
    }

    public int ProcessId => _process.Id;

    public bool HasEnded => _connection.Ended.IsCompleted;

    /// <summary>Starts a browser and waits until it answers.</summary>
    /// <exception cref="BrowserFailureException">It ended at once.</exception>
    public static async Task<Browser> StartAsync(
        string program,
        PageImageOptions options,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("anyfetch-chromium-");
        var process = Process.Start(BrowserCommand.Create(program, folder.FullName, options.MemoryBytesMax))!;
        var browser = new Browser(process, folder, timeProvider);
        try
        {
            await browser._connection.CallAsync(null, "Browser.getVersion", null, cancellationToken).ConfigureAwait(false);
            return browser;
        }
        catch (Exception e) when (e is BrowserFailureException or OperationCanceledException)
        {
            await browser.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Draws a page. However it ends, nothing of the page stays behind.</summary>
    public async Task<byte[]> DrawAsync(PageImageRequest request, int heightPixelsMax, CancellationToken cancellationToken)
    {
        var made = await _connection
            .CallAsync(null, "Target.createBrowserContext", p => p.WriteBoolean("disposeOnDetach"u8, true), cancellationToken)
            .ConfigureAwait(false);
        var context = made.GetProperty("browserContextId"u8).GetString()!;
        try
        {
            return await new BrowserPage(_connection, request, heightPixelsMax)
                .DrawAsync(context, cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            await CloseAsync(context).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the browser with all of its processes.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        await _connection.EndAsync(s_endPatience, _timeProvider).ConfigureAwait(false);
        _connection.Dispose();
        _process.Dispose();
        await RemoveFolderAsync().ConfigureAwait(false);
    }

    private async Task CloseAsync(string context)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(CloseSeconds), _timeProvider);
        try
        {
            await _connection
                .CallAsync(null, "Target.disposeBrowserContext", p => p.WriteString("browserContextId"u8, context), limit.Token)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is BrowserFailureException or OperationCanceledException)
        {
            // A page that cannot be closed would take a place for ever.
            Kill();
        }
    }

    private async Task RemoveFolderAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _folder.Delete(recursive: true);
                return;
            }
            catch (IOException) when (attempt < RemoveAttemptsMax)
            {
                // A dying process of the browser has just written a file.
                await Task.Delay(s_removePause, _timeProvider, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
