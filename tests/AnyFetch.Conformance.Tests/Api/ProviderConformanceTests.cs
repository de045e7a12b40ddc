using AnyFetch.Client;
using AnyFetch.Conformance.Tests.Targets;
using AnyFetch.Testing;

namespace AnyFetch.Conformance.Tests.Api;

/// <summary>Connected providers and their updates (api.md §5, legacy-providers-api §6.2).</summary>
public sealed class ProviderConformanceTests(TargetServers servers) : ConformanceSuite(servers)
{
    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_37_and_38_one_provider_is_current_and_goes_with_its_documents(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var token = await NewClientTokenAsync(company);
        var api = company.ApiOf(token);
        await api.Documents.PostAsync(new DocumentDraft { Identifier = "theirs" }, default);
        await company.AddAsync("mine");
        await company.CountIsAsync("", 2);

        var current = Assert.Single(await api.Providers.ListAsync(default), p => p.Current == true);
        Assert.Equal((false, 1L), (current.IsBasicToken, current.DocumentCount));
        Assert.DoesNotContain(await company.ApiOf(company.Admin).Providers.ListAsync(default), p => p.Current == true);
        foreach (var path in (string[])["providers", "providers/" + current.Id, "documents", "users", "company", "batch?pages=%2Fproviders"])
        {
            var body = (await company.GetAsync(path)).Is(200).Body;
            Assert.DoesNotContain(token, body, StringComparison.Ordinal);
            Assert.DoesNotContain(company.Token, body, StringComparison.Ordinal);
        }

        await company.Api.Providers.DeleteAsync(current.Id, default);
        (await company.GetAsync("", "Bearer " + token)).Is(401, "InvalidCredentials");
        await company.CountIsAsync("", 1);
        Assert.Equal(["mine"], await company.FindAsync(""));
        (await company.GetAsync("providers/" + current.Id)).Is(404, "ResourceNotFound");
        (await company.GetAsync("providers/xyz")).Is(409, "InvalidArgument");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_check_39_and_legacy_check_28_an_update_reports_every_status_and_is_throttled(string target)
    {
        await using var company = await NewCompanyAsync(target);
        await using var host = await ProviderHost.StartAsync();
        using var visitor = await Visitor.SignedInAsync(company.Target, company.Admin);
        var application = await visitor.RegisterAsync(AllScopes, host.RedirectUri, isProvider: true);
        var first = company.ApiOf(await visitor.GrantAsync(application));
        var provider = (await first.Providers.ListAsync(default)).Single(p => p.Current == true).Id;

        host.Status = 204;
        var started = TimeProvider.System.GetTimestamp();
        var map = (await company.PostAsync("user/update", "{}")).Is(200).Json;
        Assert.Equal(204, map.GetProperty(provider).GetInt32());
        host.Status = 500;
        Assert.Contains("500", (await company.PostAsync("company/update", "{}")).Is(200).Body, StringComparison.Ordinal);

        // Two at once and then one a second: no machine is so slow that it takes half a minute over thirty that come at once.
        var many = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => company.PostAsync("company/update", "{}")));
        var refused = many.Where(reply => reply.Status != 200).ToList();
        Assert.NotEmpty(refused);
        Assert.InRange(many.Length - refused.Count, 0, (int)TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        Assert.All(refused, reply => reply.Is(429, "TooManyRequests"));
        Assert.Equal(Enumerable.Repeat("POST /update", 2 + many.Length - refused.Count), host.Requests);

        host.Status = 204;
        await company.Api.Providers.ResetAsync(provider, default);
        await company.Api.Providers.DeleteAsync(provider, default);
        await Eventually.TrueAsync(() => host.Requests is [.., "DELETE /token/reset", "DELETE /token"], what: "the provider is told");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_check_42_a_hydraters_filters_choose_its_documents(string target)
    {
        await using var company = await NewCompanyAsync(target);
        await using var host = await ProviderHost.StartAsync();
        var filters = new Dictionary<string, string>
        {
            ["falsy"] = """{"metadata":{"flag":{"$empty":true}}}""",
            ["missing"] = """{"metadata":{"flag":{"$empty":"allowMissing"}}}""",
            ["unknown"] = """{"metadata":{"title":{"$like":"heron"}}}""",
            ["equal"] = """{"metadata":{"title":"heron"}}""",
            ["other"] = """{"metadata":{"title":"Heron"}}""",
        };
        var hydraters = new List<string>();
        foreach (var (name, filter) in filters)
        {
            var url = $"{host.Url}/{name}";
            hydraters.Add(url);
            (await company.PostAsync(
                "hydraters",
                $$"""{"url":"{{url}}","short_name":"{{name}}","description":"d","filters":[{{filter}}]}""")).Is(200);
        }

        await company.Api.Companies.PatchCurrentAsync(new CompanyChange { Hydraters = hydraters }, default);
        await company.AddAsync("i", """{"title":"heron","flag":""}""");

        await Eventually.TrueAsync(() => host.Requests.Length >= 2, what: "hydraters are called");
        Assert.Equal(["POST /equal", "POST /missing"], host.Requests.Order());
    }
}
