using AnyFetch.Client;
using AnyFetch.Conformance.Tests.Targets;

namespace AnyFetch.Conformance.Tests.Authentication;

/// <summary>Credentials, scopes and what ends them (auth-and-tenancy §2).</summary>
public sealed class CredentialConformanceTests(TargetServers servers) : ConformanceSuite(servers)
{
    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Auth_checks_01_02_03_and_04_each_credential_is_the_same_user(string target)
    {
        await using var company = await NewCompanyAsync(target);
        foreach (var reply in new[]
        {
            await company.GetAsync("", company.Basic), await company.GetAsync(""),
            await company.GetAsync("?oauth_access_token=" + company.Token, ""),
        })
        {
            Assert.Equal(company.Admin.Id, reply.Is(200).Text("user_id"));
        }

        (await company.GetAsync("", "Digest x")).Is(401, "Unauthorized");
        var wrong = (await company.GetAsync("", Person.BasicOf(company.Admin.Email, "wrong"))).Is(401, "InvalidCredentials");
        var nobody = (await company.GetAsync("", Person.BasicOf(Person.NewEmail()))).Is(401, "InvalidCredentials");
        Assert.Equal(wrong.Body, nobody.Body);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Auth_checks_05_06_and_07_a_token_does_what_its_scopes_say(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var basic = Assert.Single(await company.Api.Providers.ListAsync(default));
        Assert.Equal((true, true), (basic.IsBasicToken, basic.Current));
        Assert.Equal(AllScopes.Order(), basic.Scopes!.Order());

        var reader = "Bearer " + await NewClientTokenAsync(company, ["read_documents"]);
        (await company.GetAsync("documents", reader)).Is(200);
        (await company.PostAsync("documents", "{}", reader)).Is(403, "MissingScope");
        (await company.GetAsync("providers", reader)).Is(403, "MissingScope");
        (await company.GetAsync("", reader)).Is(200);

        var member = await company.AddPersonAsync();
        var writer = "Bearer " + await NewClientTokenAsync(company, ["write_users"], member);
        (await company.PostAsync("users", """{"email":"x@example.org","name":"x","password":"x"}""", writer)).Is(403, "Forbidden");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Auth_checks_17_and_20_an_account_name_is_shown_and_clears_a_dead_grant(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var token = await NewClientTokenAsync(company);
        var api = company.ApiOf(token);
        await api.ReportRefreshNeededAsync(default);
        Assert.True((await CurrentAsync(api)).RequireRefresh);

        const string Path = "access_token/account_name";
        (await company.PostAsync(Path, $$"""{"access_token":"{{token}}"}""", "")).Is(409, "MissingParameter");
        (await company.PostAsync(Path, """{"account_name":"a"}""", "")).Is(409, "MissingParameter");
        (await company.PostAsync(Path, """{"access_token":"bogus","account_name":"a"}""", "")).Is(401, "InvalidCredentials");
        (await company.PostAsync(Path, $$"""{"access_token":"{{token}}","account_name":"ada@example.org"}""", "")).Is(204);
        var named = await CurrentAsync(api);
        Assert.Equal(("ada@example.org", false), (named.AccountName, named.RequireRefresh));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Auth_checks_26_and_27_a_reset_ends_tokens_and_documents_of_its_own_only(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var (colleague, head) = (await company.AddPersonAsync(), await company.AddPersonAsync());
        var theirs = company.ApiOf(await company.TokenOfAsync(colleague));
        await OwnCompany.AddSubcompanyAsync(company.Api, head);
        var below = company.ApiOf(await company.TokenOfAsync(head));
        foreach (var api in new[] { company.Api, theirs, below })
        {
            await api.Documents.PostAsync(new DocumentDraft { Identifier = "i" }, default);
        }

        await company.CountIsAsync("", 2);
        await company.Api.Users.ResetAsync(colleague.Id, default);
        await company.CountIsAsync("", 1);
        await Assert.ThrowsAsync<AnyFetchException>(() => theirs.GetIndexAsync(default));

        await company.Api.Companies.ResetCurrentAsync(default);
        (await company.GetAsync("")).Is(401, "InvalidCredentials");
        (await company.GetAsync("", colleague.Basic)).Is(200);
        await company.CountIsAsync("", 0, company.Basic);
        Assert.Equal("i", (await below.Documents.GetAsync(DocumentRef.ByIdentifier("i"), default)).Identifier);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Auth_check_28_a_deleted_user_loses_the_tokens_and_frees_the_address(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var person = await company.AddPersonAsync();
        var token = "Bearer " + await company.TokenOfAsync(person);
        (await company.GetAsync("", token)).Is(200);
        await company.Api.Users.DeleteAsync(person.Id, default);
        (await company.GetAsync("", token)).Is(401, "InvalidCredentials");
        (await company.GetAsync("", person.Basic)).Is(401, "InvalidCredentials");
        (await company.PostAsync("users", $$"""{"email":"{{person.Email}}","name":"n","password":"p"}""")).Is(200);
    }

    private static async Task<ConnectedProvider> CurrentAsync(AnyFetchClient api) =>
        (await api.Providers.ListAsync(default)).Single(p => p.Current == true);
}
