using AnyFetch.Conformance.Tests.Targets;

namespace AnyFetch.Conformance.Tests;

/// <summary>Checks that anybody can make from outside, over HTTP alone, on every target.</summary>
[Collection(TargetServers.Collection)]
public abstract class ConformanceSuite(TargetServers servers)
{
    public static TheoryData<string> Targets => [.. TargetServers.Names];

    /// <summary>A company of the test's own on a target.</summary>
    protected Task<OwnCompany> NewCompanyAsync(string target) => OwnCompany.CreateAsync(servers[target]);
}
