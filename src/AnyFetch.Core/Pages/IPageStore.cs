using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;

namespace AnyFetch.Core.Pages;

/// <summary>Makes pages, and remembers how far each provider is. A call that returns has its effect on stable storage.</summary>
public interface IPageStore
{
    /// <summary>Receipts that are remembered of each provider: older pages that come again are made again.</summary>
    public const int ReceiptsMax = 100;

    /// <summary>Failures that are remembered of each provider, the newest.</summary>
    public const int FailuresMax = 100;

    /// <summary>Makes all of a page in one transaction, or nothing of it.</summary>
    ValueTask<PageOutcome> ApplyAsync(DocumentPage page, CancellationToken cancellationToken);

    /// <summary>How far a provider is in a company.</summary>
    ValueTask<PageState> FindStateAsync(CompanyId company, AccessTokenId provider, CancellationToken cancellationToken);

    /// <summary>Forgets checkpoint, failures and receipts: the provider begins anew.</summary>
    ValueTask ForgetAsync(AccessTokenId provider, CancellationToken cancellationToken);
}
