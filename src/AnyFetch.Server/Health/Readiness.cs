using System.Data.Common;
using System.Globalization;
using AnyFetch.Core.Feed;
using AnyFetch.Search.Following;

namespace AnyFetch.Server.Health;

/// <summary>Finds out whether the parts that requests need can be reached.</summary>
internal sealed class Readiness(IChangeFeed feed, SearchLag? search, TimeProvider timeProvider)
{
    /// <summary>How long a part may take to answer.</summary>
    public const int TimeoutSeconds = 2;

    private const string Ok = "ok";

    public async Task<HealthReport> CheckAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(TimeoutSeconds), timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var store = await CheckStoreAsync(either.Token).ConfigureAwait(false);
        var parts = new Dictionary<string, string> { ["store"] = store };
        if (search is not null)
        {
            parts["search"] = Describe(search);
        }

        // A search that is behind answers all the same, so it does not take the server out of service.
        return new HealthReport(store == Ok ? Ok : "unavailable", parts);
    }

    private static string Describe(SearchLag search) => search.CompaniesCatchingUp switch
    {
        0 => Ok,
        var companies => string.Create(CultureInfo.InvariantCulture, $"catching up {companies} companies"),
    };

    private async Task<string> CheckStoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            await feed.GetEndAsync(cancellationToken).ConfigureAwait(false);
            return Ok;
        }
        catch (Exception e) when (e is DbException or IOException or OperationCanceledException or TimeoutException)
        {
            return "cannot be reached";
        }
    }
}
