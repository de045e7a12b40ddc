using System.Text.Json;
using AnyFetch.Api.Errors;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Queue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AnyFetch.Api.Providers;

/// <summary>
/// Tells providers that accounts are gone, again and again while they are away, and gives it up after a day
/// (provider-protocol §6).
/// </summary>
internal sealed class ProviderNoticeWorker(
    IWorkQueue queue,
    IAccessTokenStore tokens,
    IClientStore clients,
    IProviderGateway gateway,
    IOptions<ApiOptions> options,
    TimeProvider timeProvider,
    ILogger<ProviderNoticeWorker> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    // A call ends before its lease does, however long providers may take.
    private readonly TimeSpan _lease = TimeSpan.FromSeconds(options.Value.ProviderTimeoutSeconds + 60);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await queue.WaitAsync(ProviderNotices.Queue, stoppingToken).ConfigureAwait(false);
                var jobs = await queue
                    .LeaseAsync(ProviderNotices.Queue, options.Value.ProviderCallsMax, _lease, stoppingToken)
                    .ConfigureAwait(false);
                await Task.WhenAll(jobs.Select(job => TellAsync(job, stoppingToken))).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The store is away. What was leased is leased again when its time is out.
                ApiLog.NoticesFailed(logger, e);
                await Task.Delay(s_pause, timeProvider, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TellAsync(Job job, CancellationToken cancellationToken)
    {
        if (!TryRead(job, out var token, out var clientId, out var since))
        {
            await queue.BuryAsync(job, "The notice cannot be read.", cancellationToken).ConfigureAwait(false);
            return;
        }

        var isLate = timeProvider.GetUtcNow() - since > TimeSpan.FromHours(options.Value.NoticeHoursMax);
        if (await tokens.FindAsync(token, cancellationToken).ConfigureAwait(false) is not null)
        {
            // The removal is under way, or it never came: then there is nothing to tell.
            if (isLate)
            {
                await queue.CompleteAsync(job, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await RetryAsync(job, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        var client = await clients.FindAsync(clientId, cancellationToken).ConfigureAwait(false);
        if (client?.ProviderUrl is null
            || await gateway.ForgetAsync(client, token, cancellationToken).ConfigureAwait(false))
        {
            await queue.CompleteAsync(job, cancellationToken).ConfigureAwait(false);
        }
        else if (isLate)
        {
            var reason = $"{client.Name} did not take the end of account {token} within "
                + $"{options.Value.NoticeHoursMax} h.";
            await queue.BuryAsync(job, reason, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await RetryAsync(job, cancellationToken).ConfigureAwait(false);
        }
    }

    private ValueTask<bool> RetryAsync(Job job, CancellationToken cancellationToken)
    {
        var delay = RetryDelay.Next(
            job.Attempts,
            TimeSpan.FromSeconds(options.Value.NoticeRetrySeconds),
            TimeSpan.FromSeconds(options.Value.NoticeRetrySecondsMax),
            Random.Shared);
        return queue.ReleaseAsync(job, timeProvider.GetUtcNow() + delay, countsAsAttempt: true, cancellationToken);
    }

    private static bool TryRead(Job job, out AccessTokenId token, out ClientId client, out DateTimeOffset since)
    {
        (client, since) = (default, default);
        try
        {
            using var payload = JsonDocument.Parse(job.Payload);
            since = DateTimeOffset.FromUnixTimeSeconds(payload.RootElement.GetProperty("since").GetInt64());
            return ClientId.TryParse(payload.RootElement.GetProperty("client").GetString(), out client)
                & AccessTokenId.TryParse(job.Key.Name, out token);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            token = default;
            return false;
        }
    }
}
