using AnyFetch.Client;
using AnyFetch.Conformance.Tests.Targets;

namespace AnyFetch.Conformance.Tests.Authentication;

/// <summary>Companies are walls, and what a company passes on to those below it (auth-and-tenancy §1, §3).</summary>
public sealed class TenancyConformanceTests(TargetServers servers) : ConformanceSuite(servers)
{
    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Auth_check_22_two_companies_never_see_each_other(string target)
    {
        await using var mine = await NewCompanyAsync(target);
        await using var theirs = await NewCompanyAsync(target);
        var document = await mine.AddAsync("i", """{"title":"wall"}""");
        var type = await mine.Api.DocumentTypes.CreateAsync(OwnType.Named(), default);
        await mine.CountIsAsync("search=wall", 1);
        await theirs.CountIsAsync("search=wall", 0);
        await theirs.CountIsAsync("id=" + document.Id, 0);
        foreach (var path in (string[])
        [
            "documents/" + document.Id, $"documents/{document.Id}/raw", "users/" + mine.Admin.Id,
            "subcompanies/" + mine.Id, "providers/" + document.Provider!.Id, "document_types/" + type.Id,
        ])
        {
            (await theirs.GetAsync(path)).Is(404, "ResourceNotFound");
        }

        Assert.DoesNotContain(await theirs.Api.Users.ListAsync(default), u => u.Id == mine.Admin.Id);
        Assert.DoesNotContain(await theirs.Api.DocumentTypes.ListAsync(default), t => t.Id == type.Id);
        Assert.DoesNotContain(await theirs.Api.Providers.ListAsync(default), p => p.Id == document.Provider.Id);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Auth_checks_23_24_and_25_what_a_parent_sees_and_passes_on(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var (head, grandson) = (await company.AddPersonAsync(), await company.AddPersonAsync());
        await company.Api.Companies.PatchCurrentAsync(new CompanyChange { Secure = true }, default);
        var child = await OwnCompany.AddSubcompanyAsync(company.Api, head);
        Assert.True((await company.Api.Companies.GetSubcompanyAsync(child, default)).Secure);
        await company.Api.Companies.PatchCurrentAsync(new CompanyChange { Secure = false }, default);
        Assert.True((await company.Api.Companies.GetSubcompanyAsync(child, default)).Secure);
        await company.Api.Companies.PatchSubcompanyAsync(child, new CompanyChange { Secure = false }, default);

        var below = company.ApiOf(await company.TokenOfAsync(head));
        var own = await OwnCompany.AddPersonAsync(below);
        var grandchild = await OwnCompany.AddSubcompanyAsync(below, own);
        Assert.Equal(grandchild, (await company.Api.Companies.GetSubcompanyAsync(grandchild, default)).Id);
        (await company.GetAsync("users/" + head.Id)).Is(404, "ResourceNotFound");

        await below.Documents.PostAsync(new DocumentDraft { Identifier = "below" }, default);
        await company.AddAsync("above");
        await company.CountIsAsync("", 1);
        Assert.Equal(["above"], await company.FindAsync(""));
        await company.CountIsAsync("", 1, head.Basic);
        Assert.Equal(["below"], await company.FindAsync("", head.Basic));

        var theirs = await below.DocumentTypes.CreateAsync(OwnType.Named(), default);
        var ours = await company.Api.DocumentTypes.CreateAsync(OwnType.Named(), default);
        Assert.Contains(await below.DocumentTypes.ListAsync(default), t => t.Id == ours.Id);
        Assert.DoesNotContain(await company.Api.DocumentTypes.ListAsync(default), t => t.Id == theirs.Id);
        Assert.NotEmpty(grandson.Id);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Auth_check_29_a_hidden_document_is_unknown_and_counts_nowhere(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var colleague = await company.AddPersonAsync(isAdmin: true);
        var hidden = await company.Api.Documents.PostAsync(
            new DocumentDraft
            {
                Identifier = "hidden",
                Metadata = new() { ["title"] = "merger heron" },
                UserAccess = [company.Admin.Id],
            },
            default);
        var open = await company.Api.Documents.PostAsync(
            new DocumentDraft { Identifier = "open", Metadata = new() { ["title"] = "merger heron" }, Related = [hidden.Id] },
            default);
        await company.CountIsAsync("search=heron", 2);
        (await company.GetAsync("documents/" + hidden.Id, colleague.Basic)).Is(404, "ResourceNotFound");
        await company.CountIsAsync("search=heron", 1, colleague.Basic);

        foreach (var path in (string[])
        [
            "documents?search=heron", "documents", $"documents/{open.Id}", $"documents/{open.Id}/raw",
            $"documents/{open.Id}/similar", $"documents/{open.Id}/related",
        ])
        {
            var body = (await company.GetAsync(path, colleague.Basic)).Is(200).Body;
            Assert.DoesNotContain(hidden.Id, body, StringComparison.Ordinal);
        }

        var page = await company.SearchAsync("search=heron", colleague.Basic);
        var facets = page.GetProperty("facets");
        Assert.All(
            facets.EnumerateObject(),
            facet => Assert.Equal(1, facet.Value.EnumerateArray().Sum(f => f.GetProperty("document_count").GetInt32())));
        Assert.Equal(0, page.GetProperty("data")[0].GetProperty("related_count").GetInt32());
        var types = await company.ApiOf(colleague).DocumentTypes.ListAsync(default);
        Assert.Equal(1, types.Sum(t => t.DocumentCount));
        Assert.Equal(1, (await company.ApiOf(colleague).Companies.GetCurrentAsync(default)).DocumentCount);
        Assert.Equal(2, (await company.Api.Companies.GetCurrentAsync(default)).DocumentCount);
    }
}
