using System.Data.Common;
using AnyFetch.Core.Feed;

namespace AnyFetch.Server.Health;

/// <summary>Finds out whether the parts that requests need can be reached.</summary>
internal sealed class Readiness(IChangeFeed feed, TimeProvider timeProvider)
{
    /// <summary>How long a part may take to answer.</summary>
    public const int TimeoutSeconds = 2;

    public async Task<HealthReport> CheckAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(TimeoutSeconds), timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var parts = new Dictionary<string, string> { ["store"] = await CheckStoreAsync(either.Token).ConfigureAwait(false) };
        var isOk = parts.Values.All(p => p == "ok");
        return new HealthReport(isOk ? "ok" : "unavailable", parts);
    }

    private async Task<string> CheckStoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            await feed.GetEndAsync(cancellationToken).ConfigureAwait(false);
            return "ok";
        }
        catch (Exception e) when (e is DbException or IOException or OperationCanceledException or TimeoutException)
        {
            return "cannot be reached";
        }
    }
}
