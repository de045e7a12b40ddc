using System.Collections.Concurrent;
using AnyFetch.Api.Errors;
using AnyFetch.Core.AccessTokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AnyFetch.Api.Authentication;

/// <summary>Notes when tokens are used and writes that down behind the requests, many at once, to the minute.</summary>
internal sealed class TokenUses(
    IAccessTokenStore tokens,
    IOptions<ApiOptions> options,
    TimeProvider timeProvider,
    ILogger<TokenUses> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<AccessTokenId, DateTimeOffset> _uses = new();

    /// <summary>Notes a use unless one of this minute is known.</summary>
    public void Note(AccessToken token)
    {
        var now = timeProvider.GetUtcNow();
        if (now - token.LastUsed >= TimeSpan.FromMinutes(1))
        {
            _uses[token.Id] = now;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var period = TimeSpan.FromSeconds(options.Value.LastUsedWriteSeconds);
        using var timer = new PeriodicTimer(period, timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await WriteAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await WriteAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var uses = _uses.ToArray();
        if (uses.Length == 0)
        {
            return;
        }

        try
        {
            await tokens.TouchAsync(uses, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A date that is a little old must not end the writer; the next round tries again.
            ApiLog.UsesNotWritten(logger, e, uses.Length);
            return;
        }

        foreach (var use in uses)
        {
            _uses.TryRemove(use);
        }
    }
}
