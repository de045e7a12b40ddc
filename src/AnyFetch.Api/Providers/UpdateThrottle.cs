using System.Collections.Concurrent;
using System.Globalization;
using AnyFetch.Api.Http;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Users;

namespace AnyFetch.Api.Providers;

/// <summary>Lets one caller ask for updates once a second, twice in a row (api.md §1, "Throttling").</summary>
internal sealed class UpdateThrottle(TimeProvider timeProvider)
{
    private const double PerSecond = 1;
    private const double Burst = 2;

    /// <summary>Most callers that are counted; with one more, all start over.</summary>
    private const int CallersMax = 100_000;

    private readonly ConcurrentDictionary<UserId, Bucket> _buckets = new();

    /// <summary>Null when the call may go on.</summary>
    public Error? Refuse(ApiCall call)
    {
        if (_buckets.Count >= CallersMax)
        {
            _buckets.Clear();
        }

        var now = timeProvider.GetTimestamp();
        var bucket = _buckets.GetOrAdd(call.Caller.User.Id, _ => new Bucket(Burst, now));
        lock (bucket)
        {
            var refilled = timeProvider.GetElapsedTime(bucket.At, now).TotalSeconds * PerSecond;
            bucket.Left = Math.Min(Burst, bucket.Left + refilled);
            bucket.At = now;
            if (bucket.Left >= 1)
            {
                bucket.Left--;
                return null;
            }
        }

        call.Http.Response.Headers.RetryAfter = (1 / PerSecond).ToString(CultureInfo.InvariantCulture);
        return new Error(ErrorCode.TooManyRequests, "Updates may be asked for once a second.");
    }

    private sealed class Bucket(double left, long at)
    {
        public double Left { get; set; } = left;

        public long At { get; set; } = at;
    }
}
