using AnyFetch.Conformance.Tests.Targets;

namespace AnyFetch.Conformance.Tests;

/// <summary>The checks of the API.</summary>
public sealed class ApiConformanceTests(TargetServers servers) : ConformanceSuite(servers)
{
    private const string UnknownId = "0123456789abcdef01234567";

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_01_02_03_and_04_the_status_is_open_and_the_index_is_not(string target)
    {
        await using var company = await NewCompanyAsync(target);
        Assert.Equal("ok", (await company.GetAsync("status", "")).Is(200).Text("status"));
        (await company.GetAsync("", "")).Is(401, "Unauthorized");
        (await company.GetAsync("", "Bearer bogus")).Is(401, "InvalidCredentials");
        var index = (await company.GetAsync("")).Is(200);
        Assert.Equal(12, index.Json.EnumerateObject().Count());
        var query = (await company.GetAsync("?oauth_access_token=" + company.Token, "")).Is(200);
        Assert.Equal(index.Text("user_id"), query.Text("user_id"));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_05_and_06_the_basic_token_is_stable_until_it_is_deleted(string target)
    {
        await using var company = await NewCompanyAsync(target);
        Assert.Equal(company.Token, (await company.GetAsync("token", company.Basic)).Is(200).Text("token"));
        (await company.GetAsync("token")).Is(401, "ForbiddenScheme");
        (await company.SendAsync("DELETE", "token", null, company.Basic)).Is(204);
        Assert.NotEqual(company.Token, (await company.GetAsync("token", company.Basic)).Is(200).Text("token"));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_07_08_09_10_and_43_conventions_hold_on_every_route(string target)
    {
        await using var company = await NewCompanyAsync(target);
        foreach (var reply in new[] { await company.GetAsync("status"), await company.GetAsync("documents/x") })
        {
            Assert.Equal("*", reply.Headers["Access-Control-Allow-Origin"]);
            Assert.Equal("GET, POST, PUT, PATCH, DELETE, OPTIONS", reply.Headers["Access-Control-Allow-Methods"]);
        }

        (await company.SendAsync("OPTIONS", "documents", null, "")).Is(204);
        Assert.Empty((await company.SendAsync("HEAD", "documents")).Is(200).Body);
        (await company.SendAsync("PUT", "documents", "{}")).Is(405, "MethodNotAllowed");
        Assert.NotEmpty((await company.PostAsync("documents", "{")).Is(400).Text("message"));
        (await company.GetAsync("documents/")).Is(200);
        (await company.GetAsync("document_types/")).Is(200);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_11_12_13_14_and_15_documents_are_made_and_merged(string target)
    {
        await using var company = await NewCompanyAsync(target);
        (await company.GetAsync("documents/xyz")).Is(409, "InvalidArgument");
        (await company.GetAsync("documents/" + UnknownId)).Is(404, "ResourceNotFound");
        var unnamed = (await company.PostAsync("documents", "{}")).Is(200);
        Assert.Equal(unnamed.Text("id"), unnamed.Text("identifier"));

        var first = await company.AddDocumentAsync("""{"identifier":"i","metadata":{"a":{"x":1},"b":2,"c":3}}""");
        var second = (await company.PostAsync(
            "documents", """{"identifier":"i","document_type":"email","metadata":{"a":{"y":1},"b":null}}""")).Is(200);
        Assert.Equal(first, second.Text("id"));
        Assert.Equal("""{"a":{"y":1},"c":3}""", Sorted(second.Json.GetProperty("metadata").GetRawText()));
        Assert.Equal("email", second.Json.GetProperty("document_type").GetProperty("name").GetString());
        (await company.PostAsync("documents", """{"document_type":"unheard-of"}""")).Is(409, "InvalidArgument");
        (await company.PostAsync("documents", $$"""{"id":"{{first}}","identifier":"i"}""")).Is(409, "TooManyArguments");
        (await company.PostAsync("documents", $$"""{"id":"{{UnknownId}}"}""")).Is(409, "InvalidArgument");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_16_and_17_access_is_by_user_and_changes_need_a_token(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var email = OwnCompany.NewEmail();
        await company.AddUserAsync(email, isAdmin: true);
        var colleague = OwnCompany.BasicOf(email);
        var mine = (await company.PostAsync(
            "documents", $$"""{"identifier":"m","user_access":["{{company.Token}}"]}""")).Is(200);
        Assert.Equal(company.UserId, mine.Json.GetProperty("user_access")[0].GetString());
        await company.CountIsAsync("", 1);
        await company.CountIsAsync("", 0, colleague);
        (await company.GetAsync("documents/" + mine.Text("id"), colleague)).Is(404, "ResourceNotFound");

        (await company.PostAsync("documents", "{}", company.Basic)).Is(401, "ForbiddenScheme");
        (await company.SendAsync("DELETE", "documents/identifier/m", null, company.Basic)).Is(401, "ForbiddenScheme");
        Assert.Empty((await company.SendAsync("PATCH", "documents/identifier/m", """{"metadata":{"a":1}}""")).Is(204).Body);
        (await company.SendAsync("DELETE", "documents/identifier/m")).Is(204);
        (await company.GetAsync("documents/identifier/m")).Is(404, "ResourceNotFound");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_21_22_24_and_27_a_search_pages_sorts_and_refuses(string target)
    {
        await using var company = await NewCompanyAsync(target);
        for (var i = 1; i <= 3; i++)
        {
            await company.AddDocumentAsync($$$"""{"identifier":"{{{i}}}","creation_date":"2014-0{{{i}}}-10","metadata":{"title":"apple"}}""");
        }

        await company.CountIsAsync("search=apple", 3);
        Assert.Equal(["1", "2", "3"], await company.FindAsync("sort=creationDate"));
        Assert.Equal(["3", "2", "1"], await company.FindAsync("sort=-creationDate"));
        var counted = (await company.GetAsync("documents?limit=0")).Is(200).Json;
        Assert.Equal(0, counted.GetProperty("data").GetArrayLength());
        Assert.Equal(3, counted.GetProperty("facets").GetProperty("creation_dates").GetArrayLength());
        var none = (await company.GetAsync("documents?search=pear")).Is(200).Json;
        Assert.Equal(0, none.GetProperty("count").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, none.GetProperty("max_score").ValueKind);
        (await company.GetAsync("documents?sort=title")).Is(409, "InvalidArgument");
        (await company.GetAsync("documents?search=(%22hello")).Is(409, "InvalidArgument");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_28_29_30_31_32_and_33_companies_and_users_keep_their_rules(string target)
    {
        await using var company = await NewCompanyAsync(target);
        (await company.PostAsync("users", """{"email":"e@example.org"}""")).Is(409, "MissingParameter");
        var email = OwnCompany.NewEmail();
        var user = await company.AddUserAsync(email);
        var member = OwnCompany.BasicOf(email);
        (await company.PostAsync("users", """{"email":"x","name":"x","password":"x"}""", member)).Is(403, "Forbidden");
        (await company.SendAsync("PATCH", "users/" + company.UserId, """{"name":"x"}""", member)).Is(403, "Forbidden");
        (await company.SendAsync("PATCH", "user", """{"is_admin":false}""")).Is(403, "Forbidden");
        (await company.SendAsync("DELETE", "users/" + company.UserId)).Is(403, "NotAuthorized");

        var child = await company.AddSubcompanyAsync(user);
        Assert.DoesNotContain(user, (await company.GetAsync("users")).Is(200).Body, StringComparison.Ordinal);
        Assert.Equal("[]", (await company.GetAsync("subcompanies", member)).Is(200).Body);
        var grandchild = await company.AddUserAsync(OwnCompany.NewEmail(), authorization: member);
        await company.AddSubcompanyAsync(grandchild, member);
        (await company.SendAsync("DELETE", "subcompanies/" + child)).Is(403, "Forbidden");
        (await company.SendAsync("DELETE", $"subcompanies/{child}?force=true")).Is(204);
        (await company.SendAsync("PATCH", "company", """{"documents_per_update":10}""")).Is(200);
        (await company.SendAsync("PATCH", "company", """{"documents_per_update":11}""")).Is(409, "InvalidArgument");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_40_and_41_pages_go_together_and_fields_narrow(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var batch = (await company.GetAsync("batch?pages=%2Fstatus&pages=%2Fuser")).Is(200).Json;
        Assert.Equal(["/status", "/user"], batch.EnumerateObject().Select(p => p.Name));
        var failed = (await company.GetAsync($"batch?pages=%2Fdocuments%2F{UnknownId}&pages=%2Fuser")).Is(404);
        Assert.Equal($"/documents/{UnknownId}", failed.Text("errored"));
        (await company.GetAsync("batch")).Is(409, "MissingParameter");
        (await company.GetAsync("batch?pages=user")).Is(409, "InvalidArgument");
        Assert.Equal("""{"count":0,"max_score":null}""", (await company.GetAsync("documents?fields=count,max_score")).Is(200).Body);
    }

    private static string Sorted(string json) => System.Text.Json.JsonSerializer.Serialize(
        System.Text.Json.JsonSerializer.Deserialize<SortedDictionary<string, System.Text.Json.JsonElement>>(json));
}
