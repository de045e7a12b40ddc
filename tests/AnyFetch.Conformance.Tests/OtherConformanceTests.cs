using AnyFetch.Conformance.Tests.Targets;

namespace AnyFetch.Conformance.Tests;

/// <summary>The checks of the older documents API, of authentication and tenancy, and of searching.</summary>
public sealed class OtherConformanceTests(TargetServers servers) : ConformanceSuite(servers)
{
    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Legacy_checks_01_02_05_06_07_08_09_and_10_a_document_is_made_merged_and_deleted(string target)
    {
        const string Path = "providers/documents/";
        await using var company = await NewCompanyAsync(target);
        (await company.PostAsync(Path, "{}")).Is(409, "MissingParameter");
        (await company.SendAsync("PATCH", Path, """{"identifier":"i"}""")).Is(404, "ResourceNotFound");
        var made = (await company.PostAsync(Path, """{"identifier":"i","metadatas":{"a":1,"b":null,"v":{"x":1}}}""")).Is(200);
        Assert.Equal("""{"a":1,"v":{"x":1}}""", made.Json.GetProperty("metadatas").GetRawText());
        (await company.SendAsync("PATCH", Path, """{"identifier":"i","metadatas":{"a":null,"v":{"y":2}}}""")).Is(204);
        var raw = (await company.GetAsync("documents/identifier/i/raw")).Is(200);
        Assert.Equal(made.Text("id"), raw.Text("id"));
        Assert.Equal("""{"v":{"y":2}}""", raw.Json.GetProperty("metadata").GetRawText());
        (await company.SendAsync("DELETE", Path, """{"identifier":"i"}""")).Is(204);
        (await company.SendAsync("DELETE", Path, """{"identifier":"i"}""")).Is(404, "ResourceNotFound");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Legacy_checks_20_21_and_22_the_routes_take_tokens_and_share_the_documents(string target)
    {
        await using var company = await NewCompanyAsync(target);
        (await company.PostAsync("providers/documents", """{"identifier":"i"}""", company.Basic)).Is(401, "ForbiddenScheme");
        await company.AddDocumentAsync("""{"identifier":"i","metadata":{"a":1}}""");
        (await company.SendAsync("PATCH", "providers/documents", """{"identifier":"i","metadatas":{"b":2}}""")).Is(204);
        Assert.Equal(2, (await company.GetAsync("documents/identifier/i/raw")).Json.GetProperty("metadata").EnumerateObject().Count());
        (await company.SendAsync("DELETE", "providers/documents?identifier=i")).Is(204);
    }

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
            Assert.Equal(company.UserId, reply.Is(200).Text("user_id"));
        }

        (await company.GetAsync("", "Digest x")).Is(401, "Unauthorized");
        var wrong = (await company.GetAsync("", OwnCompany.BasicOf(company.Email, "wrong"))).Is(401, "InvalidCredentials");
        var nobody = (await company.GetAsync("", OwnCompany.BasicOf(OwnCompany.NewEmail()))).Is(401, "InvalidCredentials");
        Assert.Equal(wrong.Body, nobody.Body);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Auth_check_22_two_companies_never_see_each_other(string target)
    {
        await using var mine = await NewCompanyAsync(target);
        await using var theirs = await NewCompanyAsync(target);
        var document = await mine.AddDocumentAsync("""{"identifier":"i","metadata":{"title":"wall"}}""");
        await mine.CountIsAsync("search=wall", 1);
        await theirs.CountIsAsync("search=wall", 0);
        (await theirs.GetAsync("documents/" + document)).Is(404, "ResourceNotFound");
        (await theirs.GetAsync("users/" + mine.UserId)).Is(404, "ResourceNotFound");
        (await theirs.GetAsync("subcompanies/" + mine.Id)).Is(404, "ResourceNotFound");
        Assert.DoesNotContain(mine.UserId, (await theirs.GetAsync("users")).Is(200).Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Auth_checks_26_and_28_a_reset_ends_tokens_and_a_deletion_frees_the_address(string target)
    {
        await using var company = await NewCompanyAsync(target);
        await company.AddDocumentAsync("""{"identifier":"i"}""");
        await company.CountIsAsync("", 1);
        var email = OwnCompany.NewEmail();
        var user = await company.AddUserAsync(email);
        (await company.SendAsync("DELETE", "users/" + user)).Is(204);
        await company.AddUserAsync(email);
        (await company.SendAsync("DELETE", "company/reset")).Is(204);
        (await company.GetAsync("")).Is(401, "InvalidCredentials");
        (await company.GetAsync("", company.Basic)).Is(200);
        await company.CountIsAsync("", 0, company.Basic);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Search_checks_01_02_04_06_and_07_words_phrases_and_keys_are_found(string target)
    {
        await using var company = await NewCompanyAsync(target);
        await company.AddDocumentAsync("""{"identifier":"a","metadata":{"title":"John Doe","deep":{"er":"Résumé"}},"data":{"x":"unindexed"}}""");
        await company.AddDocumentAsync("""{"identifier":"b","metadata":{"title":"John met Jane Doe","location":"Paris"}}""");
        await company.AddDocumentAsync("""{"identifier":"c","metadata":{"title":"John"}}""");
        await company.CountIsAsync("search=john", 3);
        await company.CountIsAsync("search=unindexed", 0);
        await company.CountIsAsync("search=resume", 1);
        await company.CountIsAsync("search=john%20doe", 2);
        await company.CountIsAsync("search=john%20doe&strict=false", 3);
        await company.CountIsAsync("search=%22john%20doe%22", 1);
        await company.CountIsAsync("@title=paris", 0);
        Assert.Equal(["b"], await company.FindAsync("has_location=1"));
        Assert.Equal("c", (await company.FindAsync("search=john%20doe&strict=false"))[^1]);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Search_checks_08_and_09_matches_are_marked_and_markup_is_escaped(string target)
    {
        await using var company = await NewCompanyAsync(target);
        await company.AddDocumentAsync("""{"identifier":"a","metadata":{"title":"apple <script>x</script>"}}""");
        await company.CountIsAsync("search=apple", 1);
        var hit = (await company.GetAsync("documents?search=apple")).Json.GetProperty("data")[0].GetProperty("data");
        var title = hit.GetProperty("title").GetString()!;
        Assert.Contains("<span class=\"anyfetch-hlt\">apple</span>", title, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", title, StringComparison.Ordinal);
        Assert.DoesNotContain("anyfetch-hlt", (await company.GetAsync("documents")).Is(200).Body, StringComparison.Ordinal);
    }
}
