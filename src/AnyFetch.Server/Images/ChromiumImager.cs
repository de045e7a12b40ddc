using AnyFetch.Core.Errors;
using AnyFetch.Core.Rendering;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AnyFetch.Server.Images;

/// <summary>
/// Draws pages with one Chromium, which is started for the first page and ends when nobody wanted one for a while. A
/// browser that dies under a page is replaced, and the page drawn again once.
/// </summary>
internal sealed class ChromiumImager : IPageImager, IAsyncDisposable
{
    private readonly PageImageOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<ChromiumImager> _logger;
    private readonly SemaphoreSlim _pages;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ITimer _idle;
    private int _admitted;
    private int _users;
    private Browser? _browser;
    private bool _isDisposed;

    public ChromiumImager(IOptions<PageImageOptions> options, TimeProvider timeProvider, ILogger<ChromiumImager> logger)
    {
        _options = options.Value;
        _timeProvider = timeProvider;
        _logger = logger;
        _pages = new SemaphoreSlim(_options.PagesMax);
        _idle = timeProvider.CreateTimer(
            _ => _ = StopIdleAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public string? Unavailable => BrowserCommand.Find(_options.Program) is null
        ? $"There are no images of documents because {_options.Program} is not installed on the server."
        : null;

    /// <summary>The browser's process, or null while there is none.</summary>
    internal int? BrowserProcessId => _browser?.ProcessId;

    /// <inheritdoc/>
    public async ValueTask<PageImage> DrawAsync(PageImageRequest request, CancellationToken cancellationToken)
    {
        if (Unavailable is { } reason)
        {
            return Failed(reason);
        }

        try
        {
            return Interlocked.Increment(ref _admitted) > _options.PagesMax + _options.WaitingMax
                ? Failed("Too many images are being drawn; try again.")
                : await DrawInTimeAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _admitted);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            _isDisposed = true;
            await _idle.DisposeAsync().ConfigureAwait(false);
            await EndBrowserAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<PageImage> DrawInTimeAsync(PageImageRequest request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_options.TimeoutSeconds), _timeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _pages.WaitAsync(stop.Token).ConfigureAwait(false);
            try
            {
                return new PageImage(await DrawTwiceAsync(request, stop.Token).ConfigureAwait(false), null);
            }
            finally
            {
                _pages.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            ImageLog.TookTooLong(_logger, _options.TimeoutSeconds);
            return Failed($"The image could not be drawn within {_options.TimeoutSeconds} seconds.");
        }
        catch (BrowserFailureException e)
        {
            ImageLog.Failed(_logger, e.Message);
            return Failed("The image could not be drawn; try again.");
        }
    }

    private async Task<byte[]> DrawTwiceAsync(PageImageRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await DrawOnceAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (BrowserFailureException e)
        {
            ImageLog.Failed(_logger, e.Message);
            return await DrawOnceAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<byte[]> DrawOnceAsync(PageImageRequest request, CancellationToken cancellationToken)
    {
        var browser = await TakeBrowserAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await browser.DrawAsync(request, _options.HeightPixelsMax, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await GiveBackAsync().ConfigureAwait(false);
        }
    }

    private async Task<Browser> TakeBrowserAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_browser is { HasEnded: true })
            {
                await EndBrowserAsync().ConfigureAwait(false);
            }

            if (_browser is null)
            {
                var program = BrowserCommand.Find(_options.Program)
                    ?? throw new BrowserFailureException($"{_options.Program} was removed.");
                _browser = await Browser.StartAsync(program, _options, _timeProvider, cancellationToken)
                    .ConfigureAwait(false);
                ImageLog.Started(_logger, _browser.ProcessId);
            }

            _users++;
            return _browser;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task GiveBackAsync()
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (--_users == 0 && !_isDisposed)
            {
                _idle.Change(TimeSpan.FromSeconds(_options.IdleSeconds), Timeout.InfiniteTimeSpan);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A timer that was set again in the meantime comes a little early; the next page starts a new browser.</summary>
    private async Task StopIdleAsync()
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_users == 0)
            {
                await EndBrowserAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task EndBrowserAsync()
    {
        if (_browser is { } browser)
        {
            _browser = null;
            await browser.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static PageImage Failed(string message) => new(default, new Error(ErrorCode.ServiceUnavailable, message));
}
