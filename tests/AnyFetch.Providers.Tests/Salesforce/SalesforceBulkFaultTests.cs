using AnyFetch.Emulators;
using AnyFetch.Providers.Salesforce;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Salesforce;

/// <summary>What Salesforce may do to a listing by a query job.</summary>
public sealed class SalesforceBulkFaultTests : SalesforceFaultSuite
{
    protected override void Configure(SalesforceProviderOptions options) =>
        (options.PagedItemsMax, options.BulkPageItemsMax, options.BulkPollMilliseconds) = (2, 2, 1);

    protected override bool Is(SourceStep step, EmulatedCall call) => step switch
    {
        SourceStep.Listing => call is { Method: "POST" } && call.Path.EndsWith("/jobs/query", StringComparison.Ordinal),
        SourceStep.NextPage => call.Query.Contains("&locator=", StringComparison.Ordinal),
        _ => call.Path.EndsWith("/VersionData", StringComparison.Ordinal),
    };
}
