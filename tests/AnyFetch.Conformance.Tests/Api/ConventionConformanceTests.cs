using System.Text.Json;
using AnyFetch.Conformance.Tests.Targets;

namespace AnyFetch.Conformance.Tests.Api;

/// <summary>What holds on every route (api.md §1-§3, §6).</summary>
public sealed class ConventionConformanceTests(TargetServers servers) : ConformanceSuite(servers)
{
    private static readonly string[] s_index =
    [
        "user_email", "user_id", "company_id", "documents_url", "document_types_url", "providers_url", "users_url",
        "current_user_url", "update_url", "reset_url", "token_url", "server_time",
    ];

    private static readonly string[] s_collections =
    [
        "status", "", "company", "subcompanies", "documents", "user", "users", "document_types", "providers", "hydraters",
    ];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_01_02_03_and_04_the_status_is_open_and_the_index_is_not(string target)
    {
        await using var company = await NewCompanyAsync(target);
        Assert.Equal("ok", (await company.GetAsync("status", "")).Is(200).Text("status"));
        (await company.GetAsync("", "")).Is(401, "Unauthorized");
        (await company.GetAsync("", "Bearer bogus")).Is(401, "InvalidCredentials");
        var scopeless = await NewClientTokenAsync(company, ["delete_hydraters"]);
        var index = (await company.GetAsync("", "Bearer " + scopeless)).Is(200).Json;
        Assert.Equal(s_index.Order(), index.EnumerateObject().Select(p => p.Name).Order());
        var query = (await company.GetAsync("?oauth_access_token=" + scopeless, "")).Is(200).Json;
        Assert.All(s_index[..^1], name => Assert.Equal(index.GetProperty(name).GetString(), query.GetProperty(name).GetString()));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_05_and_06_the_basic_token_is_stable_until_it_is_deleted(string target)
    {
        await using var company = await NewCompanyAsync(target);
        Assert.Equal(company.Token, await company.TokenOfAsync(company.Admin));
        (await company.GetAsync("token")).Is(401, "ForbiddenScheme");
        await company.ApiOf(company.Admin).RevokeTokenAsync(default);
        (await company.GetAsync("")).Is(401, "InvalidCredentials");
        Assert.NotEqual(company.Token, await company.TokenOfAsync(company.Admin));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_07_08_09_and_10_headers_and_verbs_are_those_of_the_table(string target)
    {
        await using var company = await NewCompanyAsync(target);
        foreach (var reply in new[]
        {
            await company.GetAsync("status"), await company.GetAsync("documents", ""),
            await company.GetAsync("documents/x"), await company.GetAsync("nowhere/at/all"),
        })
        {
            Assert.Equal("*", reply.Headers["Access-Control-Allow-Origin"]);
            Assert.Equal("true", reply.Headers["Access-Control-Allow-Credentials"]);
            Assert.Equal("GET, POST, PUT, PATCH, DELETE, OPTIONS", reply.Headers["Access-Control-Allow-Methods"]);
            Assert.Equal(
                "Accept, Accept-Version, Authorization, Content-Type, Api-Version, X-Requested-With",
                reply.Headers["Access-Control-Allow-Headers"]);
        }

        Assert.Contains("GET", (await company.SendAsync("OPTIONS", "documents", null, "")).Is(204).Headers["Allow"], StringComparison.Ordinal);
        Assert.Empty((await company.SendAsync("HEAD", "documents")).Is(200).Bytes);
        (await company.SendAsync("PUT", "documents", "{}")).Is(405, "MethodNotAllowed");
        Assert.NotEmpty((await company.PostAsync("documents", "{")).Is(400).Text("message"));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_check_40_a_batch_answers_each_page_and_reports_the_first_failure(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var good = await company.Api.BatchAsync(["/status", "/user"], default);
        Assert.Equal(["/status", "/user"], good.Pages.Keys);
        Assert.Equal(company.Admin.Id, good.Pages["/user"].GetProperty("id").GetString());
        var missing = $"/documents/{UnknownId}";
        var failed = await company.Api.BatchAsync([missing, "/user"], default);
        Assert.Equal((404, missing), ((int)failed.Status, failed.Errored));
        Assert.Equal("ResourceNotFound", failed.Pages[missing].GetProperty("code").GetString());
        Assert.True(failed.Pages.ContainsKey("/user"));
        var ten = string.Join('&', Enumerable.Repeat("pages=%2Fuser", 10));
        (await company.GetAsync("batch?" + ten)).Is(409, "InvalidArgument");
        (await company.GetAsync("batch")).Is(409, "MissingParameter");
        (await company.GetAsync("batch?pages=user")).Is(409, "InvalidArgument");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_check_41_fields_narrows_the_answer(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var id = (await company.AddAsync("i")).Id;
        await company.CountIsAsync("", 1);
        var narrow = await company.GetAsync("documents?fields=data.id,facets.providers.id");
        var provider = narrow.Is(200)["facets"].GetProperty("providers")[0].GetProperty("id").GetString();
        Assert.Equal($$"""{"facets":{"providers":[{"id":"{{provider}}"}]},"data":[{"id":"{{id}}"}]}""", narrow.Body);
        Assert.Equal("""{"data":[{}],"count":1}""", (await company.GetAsync("documents?fields=data.,count")).Is(200).Body);
        Assert.Equal("{}", (await company.GetAsync("documents?fields=,")).Is(200).Body);
        Assert.Equal(
            (await company.SearchAsync("")).GetRawText(), (await company.GetAsync("documents?fields=")).Is(200).Body);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_check_43_a_trailing_slash_means_nothing(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var document = "documents/" + (await company.AddAsync("i")).Id;
        foreach (var path in s_collections.Concat([document, document + "/raw", document + "/related", "users/" + company.Admin.Id]))
        {
            var reply = (await company.GetAsync(path + "/")).Is(200);
            Assert.NotEqual(JsonValueKind.Undefined, reply.Json.ValueKind);
        }

        (await company.SendAsync("PATCH", document + "/", """{"metadata":{"a":1}}""")).Is(204);
        (await company.SendAsync("DELETE", document + "/")).Is(204);
    }
}
