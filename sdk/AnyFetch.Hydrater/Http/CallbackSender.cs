using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydrater.Http;

/// <summary>PATCHes a task's outcome to its callback (hydration.md §5, step "send").</summary>
internal sealed class CallbackSender(
    GuardedHttp http, HydraterHostOptions options, TimeProvider time, ILogger logger, string hydrater)
{
    /// <summary>Sends, and tries again while the core cannot be reached or answers 5xx. Ends early when stopped.</summary>
    internal async Task SendAsync(Uri callback, ReadOnlyMemory<byte> payload, CancellationToken stop)
    {
        if (http.Refusal(callback) is { } refusal)
        {
            HostLog.CallbackRefused(logger, hydrater, refusal);
            return;
        }

        for (var attempt = 0; ; attempt++)
        {
            if (await TrySendAsync(callback, payload, stop).ConfigureAwait(false))
            {
                return;
            }

            if (attempt >= options.CallbackRetrySeconds.Count || stop.IsCancellationRequested)
            {
                HostLog.CallbackGivenUp(logger, hydrater, attempt + 1);
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(options.CallbackRetrySeconds[attempt]), time, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One try; true when there is nothing more to do.</summary>
    private async Task<bool> TrySendAsync(Uri callback, ReadOnlyMemory<byte> payload, CancellationToken stop)
    {
        // A stopping host still gets its last answers out, so only the time limit ends a try.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.AnswerTimeoutSeconds), time);
        using var request = new HttpRequestMessage(HttpMethod.Patch, callback)
        {
            Content = new ReadOnlyMemoryContent(payload)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        try
        {
            using var response = await http.Client.SendAsync(request, limit.Token).ConfigureAwait(false);
            if (response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.Gone))
            {
                HostLog.CallbackAnswered(logger, hydrater, (int)response.StatusCode);
            }

            return (int)response.StatusCode < 500 && response.StatusCode != HttpStatusCode.TooManyRequests;
        }
        catch (HttpRequestException error)
        {
            HostLog.CallbackFailed(logger, hydrater, error.HttpRequestError.ToString());
            return error.InnerException is AddressRefusedException;
        }
        catch (OperationCanceledException)
        {
            HostLog.CallbackFailed(logger, hydrater, "no answer in time");
            return false;
        }
    }
}
