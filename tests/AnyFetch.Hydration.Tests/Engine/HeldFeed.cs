using AnyFetch.Core.Companies;
using AnyFetch.Core.Feed;

namespace AnyFetch.Hydration.Tests.Engine;

/// <summary>The feed; whoever reads a company's own changes gets a few pages and waits for the rest.</summary>
internal sealed class HeldFeed(IChangeFeed inner, Task goesOn) : IChangeFeed
{
    private const int PagesBefore = 3;

    private volatile bool _isHeld;
    private int _pages;

    /// <summary>Whether somebody waits.</summary>
    public bool IsHeld => _isHeld;

    public ValueTask<string> GetNameAsync(CancellationToken cancellationToken) => inner.GetNameAsync(cancellationToken);

    public async ValueTask<IReadOnlyList<FeedEntry>> ReadAsync(
        FeedPosition after, int limit, CompanyId? company, CancellationToken cancellationToken)
    {
        if (company is not null && Interlocked.Increment(ref _pages) > PagesBefore)
        {
            _isHeld = true;
            await goesOn.WaitAsync(cancellationToken);
        }

        return await inner.ReadAsync(after, limit, company, cancellationToken);
    }

    public ValueTask<IReadOnlyList<FeedEntry>> ReadSearchableAsync(
        FeedPosition after, int limit, CompanyId? company, CancellationToken cancellationToken) =>
        inner.ReadSearchableAsync(after, limit, company, cancellationToken);

    public ValueTask<FeedPosition> GetHorizonAsync(CompanyId? company, CancellationToken cancellationToken) =>
        inner.GetHorizonAsync(company, cancellationToken);

    public ValueTask<FeedPosition> GetEndAsync(CancellationToken cancellationToken) => inner.GetEndAsync(cancellationToken);

    public ValueTask WaitAsync(FeedPosition after, CancellationToken cancellationToken) => inner.WaitAsync(after, cancellationToken);
}
