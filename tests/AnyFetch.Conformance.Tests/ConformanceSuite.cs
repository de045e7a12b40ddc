using AnyFetch.Conformance.Tests.Targets;

namespace AnyFetch.Conformance.Tests;

/// <summary>Checks that anybody can make from outside, over HTTP alone, on every target.</summary>
[Collection(TargetServers.Collection)]
public abstract class ConformanceSuite(TargetServers servers)
{
    /// <summary>A well-formed id that nothing has.</summary>
    protected const string UnknownId = "0123456789abcdef01234567";

    /// <summary>Every scope there is (auth-and-tenancy §2.2).</summary>
    protected static IReadOnlyList<string> AllScopes { get; } =
    [
        .. from verb in (string[])["read", "write", "delete"]
           from what in (string[])["documents", "document_types", "users", "companies", "tokens", "hydraters"]
           select $"{verb}_{what}",
    ];

    public static TheoryData<string> Targets => [.. TargetServers.Names];

    /// <summary>A company of the test's own on a target.</summary>
    protected Task<OwnCompany> NewCompanyAsync(string target) => OwnCompany.CreateAsync(servers[target]);

    /// <summary>The token of a new application that somebody of the company let in, the administrator if not named.</summary>
    protected static async Task<string> NewClientTokenAsync(
        OwnCompany company, IEnumerable<string>? scopes = null, Person? person = null)
    {
        using var visitor = await Visitor.SignedInAsync(company.Target, person ?? company.Admin);
        return await visitor.GrantAsync(await visitor.RegisterAsync(scopes ?? AllScopes));
    }
}
